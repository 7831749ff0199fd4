"use client";
import { useLocale, useNow } from "next-intl";
import { formatDay } from "@/lib/platform/i18n/dates";
import { useDateFormat } from "./use-date-format";
import { useHydrated } from "./use-hydrated";

type Props = {
  /** ISO time. */
  at: string;
  /** `date` leaves the hour out. */
  precision?: "minute" | "date";
  /** Names the reader's zone, for what is printed or kept: a page on paper does not say where it was read. */
  isZoned?: boolean;
};

/** A moment in the reader's own time zone. The server does not know the zone and writes UTC, saying so. */
export function Time({ at, precision = "minute", isZoned = false }: Props) {
  const format = useDateFormat();
  const isHydrated = useHydrated();
  const moment = new Date(at);
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const minute = precision === "minute" ? ({ hour: "2-digit", minute: "2-digit" } as const) : {};
  const timeZone = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  const isZoneNamed = precision === "minute" && (isZoned || !isHydrated);
  const zone = { timeZone, ...(isZoneNamed && { timeZoneName: "short" as const }) };
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {format.dateTime(moment, { ...day, ...minute, ...zone })}
    </time>
  );
}

const RELATIVE_UPDATE_MS = 30_000;

type RelativeProps = {
  at: string;
  /** What is past is never said to be "in 1 second", though the page's clock is only read every half minute. */
  tense?: "past" | "future";
};

/** "5 minutes ago", with the exact moment beside it for the server and in the title for all. */
export function RelativeTime({ at, tense = "past" }: RelativeProps) {
  const format = useDateFormat();
  const isHydrated = useHydrated();
  const now = useNow({ updateInterval: RELATIVE_UPDATE_MS });
  if (!isHydrated) return <Time at={at} />;
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const moment = new Date(at);
  const from = tense === "past" && moment > now ? moment : now;
  const exact = format.dateTime(new Date(at), { dateStyle: "full", timeStyle: "long", timeZone });
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {format.relativeTime(moment, from)}
    </time>
  );
}

/** A calendar day (`2026-03-01`), the same one everywhere. */
export function CalendarDate({ on }: { on: string }) {
  const locale = useLocale();
  return (
    <time dateTime={on} className="whitespace-nowrap">
      {formatDay(locale, on)}
    </time>
  );
}
