import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { CalendarDate } from "@/components/ui/time";
import type { DayCount } from "@/lib/connection/delivery/schema";

type Day = { day: string; good: number; bad: number; other: number };

const HEIGHT = 96;
const BAR = 8;
const GAP = 2;
const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

const kindOf = ({ outcome }: DayCount): "good" | "bad" | "other" =>
  outcome === "written" || outcome === "unchanged" ? "good" : outcome === "rejected" ? "bad" : "other";

/** All days up to today, also those on which nothing happened. */
function toDays(counts: readonly DayCount[], today: string): Day[] {
  const days = Array.from({ length: DAYS }, (_, index): Day => {
    const day = new Date(Date.parse(today) - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return { day, good: 0, bad: 0, other: 0 };
  });
  for (const count of counts) {
    const day = days.find((one) => one.day === count.day);
    if (day) day[kindOf(count)] += count.count;
  }
  return days;
}

const COLOURS = { good: "fill-success-text", other: "fill-ink-soft", bad: "fill-danger-text" } as const;

function Bars({ days }: { days: readonly Day[] }) {
  const highest = Math.max(...days.map(({ good, bad, other }) => good + bad + other), 1);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${days.length * (BAR + GAP)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-24 w-full border-b border-line"
    >
      {days.map((day, index) => {
        let top = HEIGHT;
        return (["good", "other", "bad"] as const).map((kind) => {
          const height = (day[kind] / highest) * HEIGHT;
          top -= height;
          return height === 0 ? null : (
            <rect
              key={`${day.day} ${kind}`}
              x={index * (BAR + GAP)}
              y={top}
              width={BAR}
              height={height}
              className={COLOURS[kind]}
            />
          );
        });
      })}
    </svg>
  );
}

/** Rows a day; the table says the same, and is what a screen reader reads. */
export function DayChart({ counts, today }: { counts: readonly DayCount[]; today: string }) {
  const t = useTranslations("deliveries.days");
  const days = toDays(counts, today);
  const busy = days.filter(({ good, bad, other }) => good + bad + other > 0);
  if (busy.length === 0) return null;
  return (
    <CardSection id="days" title={t("title")} intro={t("intro")}>
      <Bars days={days} />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-xs text-ink-soft">
        {(["good", "bad", "other"] as const).map((kind) => (
          <li key={kind} className="inline-flex items-center gap-1.5">
            <svg aria-hidden viewBox="0 0 8 8" className={`size-2 ${COLOURS[kind]}`}>
              <rect width="8" height="8" />
            </svg>
            {t(kind)}
          </li>
        ))}
      </ul>
      <Disclosure summary={t("table")} className="pt-3">
        <table className="w-full text-left text-sm tabular-nums">
          <thead>
            <tr className="text-ink-soft">
              <th className="py-1 pr-3 font-medium">{t("day")}</th>
              <th className="py-1 pr-3 text-right font-medium">{t("good")}</th>
              <th className="py-1 pr-3 text-right font-medium">{t("bad")}</th>
              <th className="py-1 text-right font-medium">{t("other")}</th>
            </tr>
          </thead>
          <tbody>
            {busy.toReversed().map(({ day, good, bad, other }) => (
              <tr key={day} className="border-t border-line">
                <td className="py-1 pr-3">
                  <CalendarDate on={day} />
                </td>
                <td className="py-1 pr-3 text-right">{good}</td>
                <td className="py-1 pr-3 text-right">{bad}</td>
                <td className="py-1 text-right">{other}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </CardSection>
  );
}
