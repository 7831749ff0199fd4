import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Paragraphs } from "@/components/ui/paragraphs";
import type { Difference } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";

/** Longer texts would push the acceptance out of sight; they open on request. */
const LONG_TEXT = 280;

function Side({ label, text, children }: { label: string; text: string | null; children: ReactNode }) {
  const t = useTranslations("changed");
  return (
    <div className="grid content-start gap-1 rounded-lg border border-line px-3.5 py-3">
      <dt className="text-xs font-medium text-ink-soft">{label}</dt>
      <dd className="text-sm">
        {text === null ? <span className="text-ink-soft">{t("nothing")}</span> : children}
      </dd>
    </div>
  );
}

function BeforeAndAfter({ difference }: { difference: Difference }) {
  const t = useTranslations("changed");
  const { before, after } = difference;
  return (
    <dl className="grid gap-2 sm:grid-cols-2">
      <Side label={t("before")} text={before}>
        <del className="text-ink-soft no-underline">
          <Paragraphs text={before ?? ""} />
        </del>
      </Side>
      <Side label={t("after")} text={after}>
        <ins className="no-underline">
          <Paragraphs text={after ?? ""} />
        </ins>
      </Side>
    </dl>
  );
}

export function DifferenceRow({ difference, connectorId }: { difference: Difference; connectorId: string }) {
  const t = useTranslations("changed");
  const fields = useVendorWords(connectorId, "changed.fields");
  const isLong = Math.max(difference.before?.length ?? 0, difference.after?.length ?? 0) > LONG_TEXT;
  return (
    <li className="grid gap-2 px-4 py-4 sm:px-6">
      <h2 className="text-sm font-semibold">{fields(difference.field)}</h2>
      {isLong ? (
        <Disclosure summary={t("showBoth")}>
          <BeforeAndAfter difference={difference} />
        </Disclosure>
      ) : (
        <BeforeAndAfter difference={difference} />
      )}
    </li>
  );
}
