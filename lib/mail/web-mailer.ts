import { getWebEnv } from "@/lib/env";
import { createMailer, type Mailer } from "./send-mail";

let mailer: Mailer | undefined;

/** The web process's mailer, by its settings. */
export function webMailer(): Mailer {
  const env = getWebEnv();
  mailer ??= createMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM });
  return mailer;
}
