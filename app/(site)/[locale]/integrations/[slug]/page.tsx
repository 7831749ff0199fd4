import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { IntegrationPage } from "@/components/site/integration-page";
import { findListed } from "@/lib/catalogue/listing/queries";
import { writeStructuredData } from "@/lib/catalogue/listing/structured-data";
import { getWebEnv } from "@/lib/platform/env";
import { languageAddresses } from "@/lib/platform/i18n/site-path";
import { inScope } from "@/lib/platform/web-database";
import { siteLocale } from "../../site-locale";

type Props = { params: Promise<{ locale: string; slug: string }> };

const load = cache(async (params: Props["params"]) => {
  const locale = await siteLocale(params);
  const { slug } = await params;
  // Anything can stand in an address; PostgreSQL takes no NUL.
  if (!/^[a-z0-9-]{1,80}$/.test(slug)) notFound();
  const listed = await inScope({ kind: "public" }, (tx) => findListed(tx, slug, locale));
  return listed ? { locale, listed } : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { listed } = await load(params);
  const { slug, content, connector, ownLanguages, canonicalLocale } = listed;
  const t = await getTranslations("catalogue.page");
  const names = { integration: content.name, connector: connector.name };
  const base = getWebEnv().KYTKIN_PUBLIC_URL;
  const path = `/integrations/${slug}`;
  return {
    title: t("metaTitle", names),
    description: content.summary,
    alternates: {
      canonical: new URL(`/${canonicalLocale}${path}`, base).href,
      // Those alone in which the partner wrote all of it.
      languages: languageAddresses(base, path, ownLanguages),
    },
  };
}

/** What a listed integration does, may do and costs, before anybody signs in. */
export default async function ListedIntegrationPage({ params }: Props) {
  const { locale, listed } = await load(params);
  const address = new URL(`/${locale}/integrations/${listed.slug}`, getWebEnv().KYTKIN_PUBLIC_URL).href;
  return (
    <>
      <script
        type="application/ld+json"
        nonce={(await headers()).get("x-nonce") ?? ""}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON without "<", which no browser runs
        dangerouslySetInnerHTML={{ __html: writeStructuredData(listed, address) }}
      />
      <IntegrationPage
        listed={listed}
        hrefs={{ catalogue: `/${locale}`, begin: `/integrations/${listed.slug}` }}
      />
    </>
  );
}
