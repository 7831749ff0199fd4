/** A notice of a vendor is a few lines of JSON. */
export const MAX_CALL_BYTES = 64 * 1024;
/** What may wait for the worker at one address; a vendor that is told 429 sends again, and the daily checks find the rest. */
export const MAX_WAITING_CALLS = 200;
export const MAX_WAITING_BYTES = 2 * 1024 * 1024;
/** Also of calls that are refused: an address is known to the vendor alone, and a flood is not worth its work. */
export const CALL_LIMIT = { name: "inbound.call", max: 600, windowSeconds: 60 };

const DAY_MS = 24 * 60 * 60_000;
/** A hint that nobody could verify for a day is stale: the connections were checked meanwhile. */
export const CALLS_LAST_MS = DAY_MS;
/** Longer than a vendor repeats a notice. */
export const NOTICES_LAST_MS = 30 * DAY_MS;

/** `kept`: the worker looks at it. `full`: as much waits as may. `unknown`: there is no such address. */
export type Reception = "kept" | "full" | "unknown";
