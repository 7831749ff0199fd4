import { setTimeout as delay } from "node:timers/promises";
import { renderSignInMail, type SignInMailWords } from "@/emails/sign-in-mail";
import { log } from "@/lib/platform/log";
import { describeDeliveryFailure } from "@/lib/platform/mail/delivery-failure";
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

/** A server that says "later" (greylisting, a full disk) or is away for a moment gets the mail again while its code is good. */
const RETRY_AFTER_MS = [5_000, 30_000, 90_000, 180_000];

/**
 * Sends the link and the code, again after `retryAfterMs` where the server may take it later. Runs after the response, so a failure
 * can only be logged; the form offers another mail.
 */
export async function sendSignInMail(
  mailer: Mailer,
  input: SignInMailInput,
  retryAfterMs: readonly number[] = RETRY_AFTER_MS,
): Promise<void> {
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
  for (const waitMs of [...retryAfterMs, null]) {
    const error = await mailer.sendMail({ to: email, ...mail }).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) return;
    const failure = { signInId: secrets.id, ...smtpFailure(error) };
    if (waitMs === null || describeDeliveryFailure(error).isFinal)
      return log.error(failure, "sign-in mail was not sent");
    log.warn({ ...failure, waitMs }, "sign-in mail is sent again later");
    await delay(waitMs);
  }
}
