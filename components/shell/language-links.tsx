import { Check, Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { HeaderMenu } from "./header-menu";
import { LANGUAGES } from "./languages";

/** The languages of a page for everybody, each at its own address. `hrefs` by language. */
export function LanguageLinks({ hrefs }: { hrefs: Readonly<Record<string, string>> }) {
  const t = useTranslations("shell");
  const current = useLocale();
  const name = LANGUAGES.find(({ locale }) => locale === current)?.name ?? t("language");
  return (
    <HeaderMenu
      isIconEnough
      label={name}
      icon={<Languages aria-hidden className="size-4 shrink-0 text-ink-soft" />}
    >
      <p className="px-2 pb-1 text-xs font-medium text-ink-soft">{t("language")}</p>
      <ul>
        {LANGUAGES.map(({ locale, name: language }) => (
          <li key={locale}>
            {/* Loaded as a whole: the language of the document and of its words changes with it. */}
            <a
              href={hrefs[locale]}
              hrefLang={locale}
              lang={locale}
              aria-current={locale === current ? "true" : undefined}
              className="flex min-h-9 items-center justify-between gap-4 rounded-md px-2 text-sm hover:bg-sunken pointer-coarse:min-h-11"
            >
              {language}
              {locale === current && <Check aria-hidden className="size-4 text-accent-text" />}
            </a>
          </li>
        ))}
      </ul>
    </HeaderMenu>
  );
}
