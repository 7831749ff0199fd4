"use client";
import { useTranslations } from "next-intl";
import { DRAFT_LANGUAGES, type DraftLanguage, type DraftProblem } from "@/lib/catalogue/draft/schema";

type Props = {
  language: DraftLanguage;
  main: DraftLanguage;
  /** Languages with any text. */
  offered: readonly DraftLanguage[];
  problems: readonly DraftProblem[];
  onChoose: (language: DraftLanguage) => void;
};

/** Which language is written and shown; how much of each is missing. */
export function LanguageTabs({ language, main, offered, problems, onChoose }: Props) {
  const t = useTranslations("editor.languageTabs");
  const languages = useTranslations("editor.languages");
  const stateOf = (one: DraftLanguage): string => {
    if (one === main) return t("main");
    if (!offered.includes(one)) return t("none");
    const missing = problems.filter(({ code }) => code === `missing_${one}`).length;
    return missing === 0 ? t("complete") : t("missing", { count: missing });
  };
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t("label")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {DRAFT_LANGUAGES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === language}
            onClick={() => onChoose(one)}
            className="inline-flex min-h-8 items-center gap-1.5 rounded-full border border-line bg-surface px-3 text-sm text-ink-soft hover:bg-sunken aria-pressed:border-accent-line aria-pressed:bg-accent-soft aria-pressed:text-accent-text pointer-coarse:min-h-11"
          >
            <span className="font-medium">{languages(one)}</span>
            <span className="text-xs">{stateOf(one)}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
