import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInProblem } from "@/components/auth/sign-in-problem";
import { webAuth } from "@/lib/people/auth/context";
import { callbackPathOf, signInHref } from "@/lib/people/auth/rules";
import { signInProblem } from "@/lib/people/auth/schema";
import type { SearchParams } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signIn");
  return { title: t("title") };
}

export default async function SignInErrorPage({ searchParams }: { searchParams: SearchParams }) {
  const { code, callbackUrl } = await searchParams;
  const callbackPath = callbackPathOf(callbackUrl, webAuth().publicUrl);
  return (
    <SignInProblem
      problem={signInProblem.catch("link_unknown").parse(code)}
      signInHref={signInHref(callbackPath)}
    />
  );
}
