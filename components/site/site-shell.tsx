import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageLinks } from "@/components/shell/language-links";
import { PageShell } from "@/components/shell/page-shell";
import { PlainHeader } from "@/components/shell/plain-header";
import { SiteFooter } from "@/components/shell/site-footer";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

type Props = {
  hrefs: { start: string; partners: string; signIn: string; languages: Readonly<Record<string, string>> };
  children: ReactNode;
};

/** The frame of pages for everybody: it knows nobody, so that it is the same for all readers of a language. */
export function SiteShell({ hrefs, children }: Props) {
  const t = useTranslations("catalogue.nav");
  const links = [
    { href: hrefs.start, label: t("integrations") },
    { href: hrefs.partners, label: t("partners") },
  ];
  return (
    <PageShell>
      <PlainHeader startHref={hrefs.start}>
        <nav aria-label={t("label")} className="mr-auto hidden sm:block">
          <ul className="flex gap-1">
            {links.map(({ href, label }) => (
              <li key={href}>
                <Link href={href} className={buttonClass("quiet", "small", "text-ink-soft")}>
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 items-center gap-2">
          <LanguageLinks hrefs={hrefs.languages} />
          {/* Loaded as a whole: there the language is the reader's choice, here the address's. */}
          <a
            href={hrefs.signIn}
            className={buttonClass("quiet", "small", "shrink-0 max-[22rem]:px-1.5")}
            rel="nofollow"
          >
            {t("signIn")}
          </a>
        </div>
      </PlainHeader>
      {children}
      <SiteFooter links={links} />
    </PageShell>
  );
}
