import { ERASED_HOST } from "./rules";

const DAY_MS = 24 * 3600 * 1000;

/** How long what has ended is of use: to answer questions about a mail or a consent. */
export const ENDED_LASTS_DAYS = 90;
/** How long what was said about a request is of use to the partner and to its support. */
export const SAID_LASTS_DAYS = 365;

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** Stands for the recipient of a mail that is kept for no other reason than that it must not be queued again. */
export const FORGOTTEN_RECIPIENT = `forgotten@${ERASED_HOST}`;
