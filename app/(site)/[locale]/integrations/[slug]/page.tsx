import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { IntegrationPage } from "@/components/site/integration-page";
import { findListed } from "@/lib/catalogue/listing/queries";
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
  const t = await getTranslations("catalogue.page");
  const names = { integration: listed.content.name, connector: listed.connector.name };
  return { title: t("metaTitle", names), description: listed.content.summary };
}

/** What a listed integration does, may do and costs, before anybody signs in. */
export default async function ListedIntegrationPage({ params }: Props) {
  const { locale, listed } = await load(params);
  return (
    <IntegrationPage
      listed={listed}
      hrefs={{ catalogue: `/${locale}`, begin: `/integrations/${listed.slug}` }}
    />
  );
}
