import { useTranslations } from "next-intl";
import type { DraftPath } from "@/lib/catalogue/draft/schema";

/** Where a value of the draft stands, in words: "Terms of service, text, Finnish", "Data 2, what moves". */
export function usePathWords(): (path: DraftPath) => string {
  const t = useTranslations("editor.paths");
  const languages = useTranslations("editor.languages");
  const wordOf = (part: string): string | null => {
    if (/^\d+$/.test(part)) return String(Number(part) + 1);
    if (languages.has(part)) return languages(part);
    return t.has(part) ? t(part) : null;
  };
  return (path) => {
    const words = path.split(".").map(wordOf);
    return words
      .filter((word) => word !== null)
      .reduce(
        (said, word) => (/^\d+$/.test(word) ? `${said} ${word}` : said === "" ? word : `${said}, ${word}`),
        "",
      );
  };
}
