import type { Locale } from "@/lib/core/locales";
import { arrange, inLanguage, listChangedFields } from "./read-content";
import type { ShownContent, SpecificationContent, SpecificationField } from "./schema";
import { TEXT_LANGUAGES, UNDECLARED } from "./texts";

/** One field in two versions, in the same language. */
export type Difference = { field: SpecificationField; before: ShownContent; after: ShownContent };

/**
 * Each field that differs for a reader of any language, in the language of `reader` where it differs there, then in the newer version's
 * main language, then in whichever it does. Without a reader the main language comes first.
 */
export function listDifferences(
  before: SpecificationContent,
  after: SpecificationContent,
  reader?: Locale,
): Difference[] {
  const main = after.mainLanguage === UNDECLARED ? "en" : after.mainLanguage;
  const languages = [...new Set([...(reader ? [reader] : []), main, ...TEXT_LANGUAGES])];
  const found = new Map<string, Difference>();
  for (const language of languages)
    for (const field of listChangedFields(before, after, language))
      if (!found.has(field))
        found.set(field, {
          field,
          before: arrange(inLanguage(before, language), ""),
          after: arrange(inLanguage(after, language), ""),
        });
  return [...found.values()];
}
