import type { DisabledBecause } from "./schema";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The waits before the first attempt and between it and each further one, as Standard Webhooks advises. */
const ATTEMPT_DELAYS_MS = [
  0,
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** Up to a tenth more, so that what failed together does not come back together. */
const JITTER = 0.1;
const MAX_RETRY_AFTER_MS = DAY_MS;

const FIRST_MAIL_AFTER_MS = HOUR_MS;
export const DISABLED_AFTER_MS = 5 * DAY_MS;
const HALF_TIME_MS = DISABLED_AFTER_MS / 2;

/** Both secrets sign for this long after a rotation. */
export const ROTATION_MS = DAY_MS;

export type AttemptResult = { isDelivered: boolean; isGone: boolean; retryAfterMs: number };

/** What an answer means: only 2xx is a delivery, a redirect is none. */
export function judgeAnswer(
  answer: { status: number; retryAfter: string | undefined } | null,
  now: Date,
): AttemptResult {
  const status = answer?.status ?? 0;
  return {
    isDelivered: status >= 200 && status < 300,
    isGone: status === 410,
    retryAfterMs: readRetryAfter(answer?.retryAfter, now),
  };
}

/** `Retry-After` in seconds or as a date, at most a day; 0 when it is left out or unreadable. */
function readRetryAfter(value: string | undefined, now: Date): number {
  if (value === undefined) return 0;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * SECOND_MS : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/** When the next attempt is due after so many failed ones; null: that was the last. */
export function nextAttemptAt(
  failures: number,
  retryAfterMs: number,
  now: Date,
  random = Math.random(),
): Date | null {
  const delayMs = ATTEMPT_DELAYS_MS[failures];
  if (delayMs === undefined) return null;
  const jittered = delayMs * (1 + JITTER * random);
  return new Date(now.getTime() + Math.max(jittered, retryAfterMs));
}

/** Why an endpoint is disabled after an attempt that failed; null: it stays. */
export function disabledBecause(
  { isGone }: Pick<AttemptResult, "isGone">,
  failingSince: Date,
  now: Date,
): DisabledBecause | null {
  if (isGone) return "gone";
  return now.getTime() - failingSince.getTime() >= DISABLED_AFTER_MS ? "failing" : null;
}

/** Which mails about an endpoint's failures are due by now. */
export function failingMailsDue(
  failingSince: Date,
  now: Date,
): ("webhook_failing" | "webhook_failing_half")[] {
  const forMs = now.getTime() - failingSince.getTime();
  if (forMs >= HALF_TIME_MS) return ["webhook_failing", "webhook_failing_half"];
  return forMs >= FIRST_MAIL_AFTER_MS ? ["webhook_failing"] : [];
}
