import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CheckYourMail } from "@/components/auth/check-your-mail";
import { SignInProblem } from "@/components/auth/sign-in-problem";
import { signInHref } from "@/lib/people/auth/rules";
import { enterCode, requestLink } from "../actions";
import { FollowSignIn } from "./follow-sign-in";
import { readWaiting } from "./waiting";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.checkMail");
  return { title: t("title") };
}

export default async function CheckYourMailPage() {
  const { waiting, state } = await readWaiting();
  if (!waiting || state === "link_unknown") redirect("/sign-in");
  const { email, callbackPath, acceptanceHash } = waiting;
  if (state === "signed_in") redirect(callbackPath);
  if (state !== "waiting") return <SignInProblem problem={state} signInHref={signInHref(callbackPath)} />;
  return (
    <>
      <FollowSignIn />
      <CheckYourMail
        email={email}
        callbackUrl={callbackPath}
        acceptance={acceptanceHash}
        enterCode={enterCode}
        requestLink={requestLink}
        signInHref={signInHref(callbackPath)}
      />
    </>
  );
}
