/** How rows come in. */
export const DOORS = ["api", "page", "sftp", "service", "agent"] as const;
export type Door = (typeof DOORS)[number];

/** `collecting` until its end was seen; `dropped`: it never was, and nothing of it was queued. */
export const DELIVERY_STATES = ["collecting", "queued", "settled", "dropped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of a row, for now or for good. */
export const OUTCOMES = [
  "written",
  "incomplete",
  "unchanged",
  "rejected",
  "waiting",
  "unknown",
  "superseded",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A row's life: before its delivery is closed, in the queue, at the vendor, then one of the outcomes. */
export const ROW_STATES = ["collected", "queued", "sending", ...OUTCOMES] as const;
export type RowState = (typeof ROW_STATES)[number];

/**
 * What a person says of a row: `retry` it as it is; `fix` its fields, which makes a new row; `exists` or `absent` of one
 * whose answer was lost; `accept` what waits at the vendor as it is; `dismiss` it.
 */
export const VERDICTS = ["retry", "fix", "exists", "absent", "accept", "dismiss"] as const;
export type Verdict = (typeof VERDICTS)[number];
