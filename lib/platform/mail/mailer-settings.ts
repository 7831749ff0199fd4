import type { WorkerEnv } from "@/lib/platform/env";
import type { MailerSettings } from "./send-mail";

/** Either process's mailer by its environment. */
export function mailerSettings(
  env: Pick<WorkerEnv, "SMTP_URL" | "MAIL_FROM" | "MAIL_RETURN_PATH">,
): MailerSettings {
  return { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, returnPath: env.MAIL_RETURN_PATH };
}
