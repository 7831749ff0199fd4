import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { StatusPill } from "@/components/ui/status-pill";
import { RelativeTime, Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { ComparisonOutcome, ComparisonView } from "@/lib/connection/comparison/schema";
import { useEntityWords } from "./use-entity-words";

const TONES: Record<ComparisonOutcome, Tone> = { matches: "success", differs: "warning", failed: "neutral" };

type Props = {
  connector: { id: string; name: string };
  comparisons: readonly ComparisonView[];
  csvHref(id: string): string;
};

/** What the vendor has of what was written, once a day; nothing before the first time. */
export function Comparisons({ connector, comparisons, csvHref }: Props) {
  const t = useTranslations("deliveries.comparison");
  const words = useEntityWords(connector.id);
  if (comparisons.length === 0) return null;
  return (
    <CardSection
      id="comparison"
      title={t("title", { connector: connector.name })}
      intro={t("intro", { connector: connector.name })}
    >
      <ul className="divide-y divide-line">
        {comparisons.map(({ id, entity, outcome, since, comparedAt, ...counts }) => (
          <li
            key={id}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <div className="grid min-w-0 gap-1 text-sm">
              <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
                {words.name(entity)}
                <StatusPill tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</StatusPill>
              </h3>
              {outcome === "failed" ? (
                <p className="text-ink-soft">{t("failed", { connector: connector.name })}</p>
              ) : (
                <>
                  <p className="text-ink-soft">
                    {t("found", { found: counts.found, written: counts.written })}{" "}
                    {t("totals", { compared: counts.totalsCompared })}
                  </p>
                  {counts.missing > 0 && (
                    <p className="font-medium text-warning-text">
                      {t("missing", { count: counts.missing, connector: connector.name })}
                    </p>
                  )}
                  {counts.totalsDiffer > 0 && (
                    <p className="font-medium text-warning-text">
                      {t("totalsDiffer", { count: counts.totalsDiffer, connector: connector.name })}
                    </p>
                  )}
                  {counts.changed > 0 && (
                    <p className="text-ink-soft">
                      {t("changed", { count: counts.changed, connector: connector.name })}
                    </p>
                  )}
                </>
              )}
              <p className="text-ink-soft">
                {t.rich("when", { time: () => <RelativeTime at={comparedAt} /> })}{" "}
                {t.rich("since", { day: () => <Time at={since} /> })}
              </p>
            </div>
            {counts.missing + counts.totalsDiffer + counts.changed > 0 && (
              <a href={csvHref(id)} download className={buttonClass("secondary", "small")}>
                <Download aria-hidden className="size-4" />
                {t("download")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </CardSection>
  );
}
