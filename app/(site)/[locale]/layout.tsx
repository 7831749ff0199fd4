import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SiteShell } from "@/components/site/site-shell";
import { LOCALES } from "@/lib/core/locales";
import { inOtherLanguage } from "@/lib/platform/i18n/site-path";
import { type LocaleParams, siteLocale } from "./site-locale";

type Props = { params: LocaleParams; children: ReactNode };

/** Pages for everybody, in the language of their address. Nobody is looked for, and no cookie is read. */
export default async function SiteLayout({ params, children }: Props) {
  const locale = await siteLocale(params);
  const path = (await headers()).get("x-kytkin-path") ?? `/${locale}`;
  return (
    <SiteShell
      hrefs={{
        start: `/${locale}`,
        partners: "/partners",
        signIn: "/sign-in?callbackUrl=/home",
        languages: Object.fromEntries(LOCALES.map((one) => [one, inOtherLanguage(path, one)])),
      }}
    >
      {children}
    </SiteShell>
  );
}
