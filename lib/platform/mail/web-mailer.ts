import { getWebEnv } from "@/lib/platform/env";
import { mailerSettings } from "./mailer-settings";
import { createMailer, type Mailer } from "./send-mail";

let mailer: Mailer | undefined;

/** The web process's mailer, by its settings. */
export function webMailer(): Mailer {
  const env = getWebEnv();
  mailer ??= createMailer(mailerSettings(env));
  return mailer;
}
