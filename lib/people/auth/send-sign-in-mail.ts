import { renderSignInMail, type SignInMailWords } from "@/emails/sign-in-mail";
import { log } from "@/lib/platform/log";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import type { SignInSecrets } from "./request-sign-in";
import { CODE_SECONDS, LINK_SECONDS } from "./rules";

export type SignInMailInput = {
  publicUrl: string;
  email: string;
  locale: string;
  words: SignInMailWords;
  secrets: SignInSecrets;
};

export function signInLink(publicUrl: string, linkToken: string): string {
  const url = new URL("/sign-in/link", publicUrl);
  url.searchParams.set("token", linkToken);
  return url.href;
}

/** What went wrong at the mail server, without the address or anything of the mail. */
function smtpFailure(error: unknown): object {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  return { smtp: { reason: code, responseCode, command } };
}

/** Sends the link and the code. Runs after the response, so a failure can only be logged; the form offers another mail. */
export async function sendSignInMail(mailer: Mailer, input: SignInMailInput): Promise<void> {
  const { publicUrl, email, locale, words, secrets } = input;
  const mail = renderSignInMail({
    locale,
    words,
    email,
    link: signInLink(publicUrl, secrets.linkToken),
    code: secrets.code,
    linkMinutes: LINK_SECONDS / 60,
    codeMinutes: CODE_SECONDS / 60,
  });
  try {
    await mailer.sendMail({ to: email, ...mail });
  } catch (error) {
    log.error({ signInId: secrets.id, ...smtpFailure(error) }, "sign-in mail was not sent");
  }
}
