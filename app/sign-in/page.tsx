import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { SignInForm } from "@/components/auth/sign-in-form";
import { findLinkPreparation } from "@/lib/catalogue/link/find-link-preparation";
import { webAuth } from "@/lib/people/auth/context";
import { callbackPathOf } from "@/lib/people/auth/rules";
import { signInReason } from "@/lib/people/auth/schema";
import { findViewer } from "@/lib/people/auth/viewer";
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
  const acceptance = z.string().max(100).optional().catch(undefined).parse(query.acceptance);
  // A link session of a partner may name the address of its customer.
  const linkToken = /^\/a\/([^/?#]+)/.exec(callbackPath)?.[1];
  const prepared = linkToken ? await findLinkPreparation(linkToken) : null;
  return (
    <SignInForm
      requestLink={requestLink}
      hidden={{ callbackUrl: callbackPath, ...(acceptance && { acceptance }) }}
      reason={reason}
      email={prepared?.email ?? null}
    />
  );
}
