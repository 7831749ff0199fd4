import type { MetadataRoute } from "next";
import { LOCALES } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";

export const dynamic = "force-dynamic";

/** The pages for everybody alone: activation links and everything behind them are for those who were given them. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      disallow: "/",
      allow: ["/$", ...LOCALES.flatMap((locale) => [`/${locale}$`, `/${locale}/`]), "/_next/static/"],
    },
    sitemap: new URL("/sitemap.xml", getWebEnv().KYTKIN_PUBLIC_URL).href,
  };
}
