import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInForm } from "@/components/auth/sign-in-form";
import { webAuth } from "@/lib/auth/context";
import { callbackPathOf } from "@/lib/auth/rules";
import { signInReason } from "@/lib/auth/schema";
import { findViewer } from "@/lib/auth/viewer";
import { findLinkPreparation } from "@/lib/link/find-link-preparation";
import { requestLink } from "./actions";
import type { SearchParams } from "./search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const callbackPath = callbackPathOf(query.callbackUrl, webAuth().publicUrl);
  if (await findViewer()) redirect(callbackPath);
  const reason = signInReason.nullable().catch(null).parse(query.reason);
  // A link session of a partner may name the address of its customer.
  const linkToken = /^\/a\/([^/?#]+)/.exec(callbackPath)?.[1];
  const prepared = linkToken ? await findLinkPreparation(linkToken) : null;
  return (
    <SignInForm
      requestLink={requestLink}
      callbackUrl={callbackPath}
      reason={reason}
      email={prepared?.email ?? null}
    />
  );
}
