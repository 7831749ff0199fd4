import { useLocale, useTranslations } from "next-intl";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";

/** Says in which language a partner's text is when it is not the reader's own. */
export function LanguageNote({ language }: { language: TextLanguage }) {
  const t = useTranslations("specification.note");
  const locale = useLocale();
  if (language === locale || language === "und") return null;
  return <p className="text-sm text-ink-soft">{t("shownIn", { language })}</p>;
}
