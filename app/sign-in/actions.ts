"use server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { DATABASE_AWAY, isDatabaseAway } from "@/db/errors";
import { findAcceptanceToBind } from "@/lib/activation/draft/pending-acceptance";
import { isAppError } from "@/lib/core/app-error";
import { problemOfAddress } from "@/lib/core/email-address";
import { randomToken } from "@/lib/core/hash";
import { emailAddress } from "@/lib/core/written-text";
import { webAuth } from "@/lib/people/auth/context";
import {
  browserCookieName,
  browserCookieOptions,
  probeCookieName,
  probeCookieOptions,
} from "@/lib/people/auth/cookies";
import { redeemCode } from "@/lib/people/auth/redeem-code";
import { redeemLink } from "@/lib/people/auth/redeem-link";
import { requestSignIn } from "@/lib/people/auth/request-sign-in";
import { callbackPathOf } from "@/lib/people/auth/rules";
import { signInCode, signInLinkToken } from "@/lib/people/auth/schema";
import { sendSignInMail } from "@/lib/people/auth/send-sign-in-mail";
import { findSessionToken } from "@/lib/people/auth/viewer";
import { log } from "@/lib/platform/log";
import { webMailer } from "@/lib/platform/mail/web-mailer";
import { refusalOf } from "../refusal";
import { readAskingBrowser } from "./asking-browser";
import { enterPortal } from "./enter-portal";

const fieldError = (field: string, key: string): FormState => ({
  status: "error",
  code: "invalid_input",
  fieldErrors: { [field]: key },
});

/** Words for a refusal that was to be expected; anything else is a bug and goes on up. */
function refusal(error: unknown, ipSubject: string): FormState {
  if (isDatabaseAway(error)) return { status: "error", code: DATABASE_AWAY };
  if (!isAppError(error, "too_many_requests")) throw error;
  // "unknown" for everybody means that KYTKIN_TRUSTED_PROXIES does not match the installation.
  log.warn({ limit: error.detail, ipSubject }, "sign-in refused");
  return refusalOf(error);
}

/**
 * Without cookies the mail's link would be used up without a sign-in. The cookie that shows it is set once more: the
 * page may have been open since before the browser was restarted, and then the next try goes through.
 */
async function refuseWithoutCookies(publicUrl: string): Promise<FormState> {
  (await cookies()).set(probeCookieName(publicUrl), "1", probeCookieOptions(publicUrl));
  return { status: "error", code: "cookies_blocked" };
}

/** Sends a mail with a link and a code; the mail goes out after the answer, which is the same for every address. */
export async function requestLink(_previous: FormState, data: FormData): Promise<FormState> {
  const email = emailAddress.safeParse(data.get("email"));
  if (!email.success) return fieldError("email", problemOfAddress(data.get("email")));
  const auth = webAuth();
  const { publicUrl } = auth;
  const browser = await readAskingBrowser();
  if (!browser.keepsCookies) return await refuseWithoutCookies(publicUrl);
  const browserId = browser.browserId ?? randomToken();
  const callbackPath = callbackPathOf(data.get("callbackUrl"), publicUrl);
  try {
    const acceptanceHash = await findAcceptanceToBind(data.get("acceptance"), callbackPath);
    const request = { ...browser, email: email.data, callbackPath, browserId, acceptanceHash };
    const secrets = await requestSignIn(auth, request);
    const locale = await getLocale();
    const words = await getTranslations({ locale, namespace: "mail.signIn" });
    after(() => sendSignInMail(webMailer(), { publicUrl, email: email.data, locale, words, secrets }));
  } catch (error) {
    return refusal(error, browser.ipSubject);
  }
  (await cookies()).set(browserCookieName(publicUrl), browserId, browserCookieOptions(publicUrl));
  redirect("/sign-in/check");
}

/** Signs the waiting tab in by the code. */
export async function enterCode(_previous: FormState, data: FormData): Promise<FormState> {
  const code = signInCode.safeParse(data.get("code"));
  if (!code.success) return fieldError("code", "code");
  const { browserId, ipSubject } = await readAskingBrowser();
  if (!browserId) redirect("/sign-in/error?code=link_unknown");
  let result: Awaited<ReturnType<typeof redeemCode>>;
  try {
    result = await redeemCode(webAuth(), {
      browserId,
      code: code.data,
      ipSubject,
      previousSessionToken: await findSessionToken(),
      locale: await getLocale(),
    });
  } catch (error) {
    return refusal(error, ipSubject);
  }
  if (result.kind === "done") return await enterPortal(result);
  if (result.kind === "wrong") return fieldError("code", "code");
  if (result.problem === "code_expired") return fieldError("code", "code_expired");
  redirect(
    `/sign-in/error?${new URLSearchParams({ code: result.problem, callbackUrl: result.callbackPath })}`,
  );
}

/** Signs in by the link; only this POST does, never the page behind the link. */
export async function confirmLink(_previous: FormState, data: FormData): Promise<FormState> {
  const token = signInLinkToken.safeParse(data.get("token"));
  if (!token.success) redirect("/sign-in/error?code=link_unknown");
  const { ipSubject, keepsCookies } = await readAskingBrowser();
  if (!keepsCookies) return await refuseWithoutCookies(webAuth().publicUrl);
  let completed: Awaited<ReturnType<typeof redeemLink>>;
  try {
    completed = await redeemLink(webAuth(), {
      token: token.data,
      ipSubject,
      previousSessionToken: await findSessionToken(),
      locale: await getLocale(),
    });
  } catch (error) {
    // The page itself says why the link no longer works.
    if (isAppError(error, "gone")) redirect(`/sign-in/link?token=${token.data}`);
    return refusal(error, ipSubject);
  }
  return await enterPortal(completed);
}
