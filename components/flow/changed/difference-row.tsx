import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import type { Difference } from "@/lib/catalogue/integration/differences";
import { type Line, linesOf, textOfLine } from "@/lib/catalogue/integration/fields";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { FieldLines } from "../specification/field-lines";
import { LanguageNote } from "../specification/language-note";
import { type Sides, useFieldWords } from "../specification/use-field-words";
import { useVendorWords } from "../use-vendor-words";

/** Longer texts would push the acceptance out of sight; they open on request. */
const LONG_TEXT = 280;

type SideProps = { label: string; lines: readonly Line[]; language: TextLanguage; children: ReactNode };

function Side({ label, lines, language, children }: SideProps) {
  const t = useTranslations("changed");
  return (
    <div className="grid content-start gap-1 rounded-lg border border-line px-3.5 py-3">
      <dt className="text-xs font-medium text-ink-soft">{label}</dt>
      <dd className="text-sm">
        {lines.length === 0 ? <span className="text-ink-soft">{t("nothing")}</span> : children}
        {lines.flat().some((part) => typeof part === "object") && <LanguageNote language={language} />}
      </dd>
    </div>
  );
}

const textOf = (lines: readonly Line[]): string => lines.map(textOfLine).join("\n");

/** Both sides in words. Should another value ever read the same, the stored values are shown: never two equal sides. */
function useSides({ field, before, after }: Difference, sides: Sides): { old: Line[]; now: Line[] } {
  const words = useFieldWords(sides);
  const [old, now] = [linesOf(before, field, words), linesOf(after, field, words)];
  if (textOf(old) !== textOf(now)) return { old, now };
  return { old: [...old, [JSON.stringify(before[field])]], now: [...now, [JSON.stringify(after[field])]] };
}

type Props = { difference: Difference; sides: Sides };

function BeforeAndAfter({ difference, old, now }: { difference: Difference; old: Line[]; now: Line[] }) {
  const t = useTranslations("changed");
  const { field, before, after } = difference;
  return (
    <dl className="grid gap-2 sm:grid-cols-2">
      <Side label={t("before")} lines={old} language={before.languages[field]}>
        <del className="text-ink-soft no-underline">
          <FieldLines lines={old} language={before.languages[field]} />
        </del>
      </Side>
      <Side label={t("after")} lines={now} language={after.languages[field]}>
        <ins className="no-underline">
          <FieldLines lines={now} language={after.languages[field]} />
        </ins>
      </Side>
    </dl>
  );
}

export function DifferenceRow({ difference, sides }: Props) {
  const t = useTranslations("changed");
  const fields = useVendorWords(sides.connector.id, "specification.fields");
  const { old, now } = useSides(difference, sides);
  const isLong = Math.max(textOf(old).length, textOf(now).length) > LONG_TEXT;
  const both = <BeforeAndAfter difference={difference} old={old} now={now} />;
  return (
    <li className="grid gap-2 px-4 py-4 sm:px-6">
      <h2 className="text-sm font-semibold">{fields(difference.field)}</h2>
      {isLong ? <Disclosure summary={t("showBoth")}>{both}</Disclosure> : both}
    </li>
  );
}
