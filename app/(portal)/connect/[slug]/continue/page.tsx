import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { VendorReturn } from "@/components/flow/vendor-return/vendor-return";
import { Main } from "@/components/shell/container";
import { findReturnedGrant, getVendorReturn } from "@/lib/activation/grant/queries";
import { returnCookieName } from "@/lib/activation/grant/return-cookie";
import { openReturn } from "@/lib/activation/grant/seal-return";
import { getWebEnv } from "@/lib/platform/env";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { getActor, onRequest } from "../../../acting";
import { claimGrantAction, lookUpReturnAction, switchAccountAction } from "./actions";
import { KeyLoginReturn } from "./key-login-return";
import { LookUpReturn } from "./look-up-return";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendorReturn");
  return { title: t("title"), robots: { index: false } };
}

/** The page after the vendor's return. Looking at it changes nothing; its form asks for the request to be read. */
export default async function ContinuePage({ params }: Props) {
  const { slug } = await params;
  const viewer = await getActor({ slug }, `/connect/${slug}/continue`);
  const sealed = (await cookies()).get(returnCookieName(getWebEnv().KYTKIN_PUBLIC_URL))?.value;
  const returned = sealed ? openReturn(getWebEnv().NEXTAUTH_SECRET, sealed) : null;
  if (returned?.slug !== slug) notFound();
  if (returned.kind === "key_login") return <KeyLoginReturn viewer={viewer} returned={returned} />;
  const found = await onRequest(viewer, (tx) => findReturnedGrant(tx, viewer, returned));
  if (found.kind === "unknown_integration") notFound();
  const locale = await getReaderLocale();
  const view =
    found.kind === "grant"
      ? await onRequest(viewer, (tx) => getVendorReturn(tx, viewer, found.grantId, locale))
      : null;
  if (view?.state === "done") redirect(`/a/${view.linkToken}/environments`);
  return (
    <Main>
      {found.kind === "grant" && view ? (
        <VendorReturn
          view={view}
          claimRequest={claimGrantAction.bind(null, slug, found.grantId)}
          switchAccount={switchAccountAction.bind(null, slug)}
          homeHref="/home"
          lookUpAgain={lookUpReturnAction.bind(null, slug)}
        />
      ) : (
        <LookUpReturn
          lookUp={lookUpReturnAction.bind(null, slug)}
          isExpected={found.kind === "not_looked_up" && found.isExpected}
          viewerEmail={viewer.email}
        />
      )}
    </Main>
  );
}
