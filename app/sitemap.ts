import type { MetadataRoute } from "next";
import { listForSitemap } from "@/lib/catalogue/listing/queries";
import { LOCALES } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";
import { languageAddresses } from "@/lib/platform/i18n/site-path";
import { inScope } from "@/lib/platform/web-database";

export const dynamic = "force-dynamic";

/** The catalogue, and each listed integration in the languages in which it is the original. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const base = getWebEnv().KYTKIN_PUBLIC_URL;
  const listed = await inScope({ kind: "public" }, (tx) => listForSitemap(tx));
  const catalogue = languageAddresses(base, "", LOCALES);
  return [
    ...Object.values(catalogue).map((url) => ({ url, alternates: { languages: catalogue } })),
    ...listed.flatMap(({ slug, publishedOn, locales }) => {
      const languages = languageAddresses(base, `/integrations/${slug}`, locales);
      return Object.values(languages).map((url) => ({
        url,
        ...(publishedOn && { lastModified: publishedOn }),
        alternates: { languages },
      }));
    }),
  ];
}
