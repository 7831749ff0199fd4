"use client";
import { useLocale, useNow, useTimeZone } from "next-intl";
import { useEffect, useState } from "react";
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

/** The server's page and the first render in the browser take the zone that the browser told before, and so say the same. */
function useReaderTimeZone(): string {
  const told = useTimeZone() ?? "UTC";
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : told;
}

/** A moment in the reader's own time zone; where the zone is not known yet, or is UTC, it is UTC and says so. */
export function Time({ at, precision = "minute", isZoned = false }: Props) {
  const format = useDateFormat();
  const timeZone = useReaderTimeZone();
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const minute = precision === "minute" ? ({ hour: "2-digit", minute: "2-digit" } as const) : {};
  const isZoneNamed = precision === "minute" && (isZoned || timeZone === "UTC");
  const zone = { timeZone, ...(isZoneNamed && { timeZoneName: "short" as const }) };
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {format.dateTime(new Date(at), { ...day, ...minute, ...zone })}
    </time>
  );
}

const CLOCK_TICKS_MS = 30_000;

/** The time that the page came with, for its first render; then the browser's, read anew every half minute. */
export function useClock(): Date {
  const told = useNow();
  const isHydrated = useHydrated();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const clock = setInterval(() => setNow(new Date()), CLOCK_TICKS_MS);
    return () => clearInterval(clock);
  }, []);
  return isHydrated ? now : told;
}

type RelativeProps = {
  at: string;
  /** What is past is never said to be "in 1 second", though the page's clock is only read every half minute. */
  tense?: "past" | "future";
};

/** "5 minutes ago", by the clock that the page came with until the browser's own takes over; the exact moment in the title. */
export function RelativeTime({ at, tense = "past" }: RelativeProps) {
  const format = useDateFormat();
  const timeZone = useReaderTimeZone();
  const now = useClock();
  const moment = new Date(at);
  const from = tense === "past" && moment > now ? moment : now;
  const exact = format.dateTime(moment, { dateStyle: "full", timeStyle: "long", timeZone });
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
