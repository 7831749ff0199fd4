import { useTranslations } from "next-intl";
import type { DraftProblem } from "@/lib/catalogue/draft/schema";

/** What is left to do, in a sentence. */
export function useProblemWords(): (problem: DraftProblem) => string {
  const t = useTranslations("editor.problems");
  const languages = useTranslations("editor.languages");
  return ({ code, values }) => {
    const language = /^missing_(\w\w)$/.exec(code)?.[1];
    if (language)
      return t("missing_language", {
        language: languages(language),
        main: languages(String(values.main)),
      });
    return t.has(code) ? t(code, values) : t("invalid");
  };
}
