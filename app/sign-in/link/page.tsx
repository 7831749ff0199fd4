import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmSignIn } from "@/components/auth/confirm-sign-in";
import { SignInProblem } from "@/components/auth/sign-in-problem";
import { ErrorPanel } from "@/components/shell/error-panel";
import { isAppError } from "@/lib/core/app-error";
import { HOME_PATH, signInHref } from "@/lib/people/auth/rules";
import { confirmLink } from "../actions";
import type { SearchParams } from "../search-params";
import { browserName, readLink } from "./read-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signIn");
  return { title: t("title") };
}

/** Opening this page changes nothing: mail scanners and previews open links too. Its form signs in. */
export default async function SignInLinkPage({ searchParams }: { searchParams: SearchParams }) {
  const { token } = await searchParams;
  const t = await getTranslations("signIn");
  const link = await readLink(token).catch((error: unknown) => {
    if (isAppError(error, "too_many_requests")) return null;
    throw error;
  });
  if (!link) return <ErrorPanel code="too_many_requests" />;
  if (link.state !== "open") {
    const callbackPath = "callbackPath" in link ? link.callbackPath : HOME_PATH;
    return <SignInProblem problem={link.state} signInHref={signInHref(callbackPath)} />;
  }
  return (
    <ConfirmSignIn
      maskedEmail={link.maskedEmail}
      browser={browserName(link.userAgent, (browser, system) => t("browserOnSystem", { browser, system }))}
      requestedAt={link.requestedAt.toISOString()}
      isSameBrowser={link.isAskingBrowser}
      confirm={confirmLink}
      hidden={{ token: String(token) }}
    />
  );
}
