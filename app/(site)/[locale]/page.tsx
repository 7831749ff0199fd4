import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CataloguePage } from "@/components/site/catalogue-page";
import { listCatalogue } from "@/lib/catalogue/listing/queries";
import { catalogueQuery } from "@/lib/catalogue/listing/schema";
import { LOCALES } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";
import { languageAddresses } from "@/lib/platform/i18n/site-path";
import { inScope } from "@/lib/platform/web-database";
import { type LocaleParams, siteLocale } from "./site-locale";

type Props = { params: LocaleParams; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const locale = await siteLocale(params);
  const t = await getTranslations("catalogue");
  const languages = languageAddresses(getWebEnv().KYTKIN_PUBLIC_URL, "", LOCALES);
  const isNarrowed = Object.keys(await searchParams).length > 0;
  return {
    title: t("metaTitle"),
    description: t("intro"),
    alternates: { canonical: languages[locale] ?? null, languages },
    // A search is nobody's page to be found.
    ...(isNarrowed && { robots: { index: false, follow: true } }),
  };
}

/** The public catalogue: what the operator marked, narrowed by the address alone. */
export default async function PublicCataloguePage({ params, searchParams }: Props) {
  const locale = await siteLocale(params);
  const { after, ...filter } = catalogueQuery.parse(await searchParams);
  const view = await inScope({ kind: "public" }, (tx) => listCatalogue(tx, locale, filter, after));
  return <CataloguePage href={`/${locale}`} filter={filter} isContinued={after !== undefined} view={view} />;
}
