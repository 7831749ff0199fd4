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

/** One submission as lists show it; how many of its rows are in which state. */
export type DeliveryView = {
  id: string;
  entity: string;
  door: Door;
  state: DeliveryState;
  /** null while it is collected. */
  rowCount: number | null;
  counts: Partial<Record<RowState, number>>;
  createdAt: string;
  closedAt: string | null;
  settledAt: string | null;
};

/** What stands with one entity of a connection now. */
export type EntityState = {
  entity: string;
  /** Rows on their way: queued or at the vendor. */
  underWay: number;
  /** Rows that need somebody, as the inbox counts them. */
  inInbox: number;
  lastDeliveryAt: string | null;
  lastWrittenAt: string | null;
};

/** Rows of the inbox with one cause: words are `causes.<cause>`, and `null` is a row whose answer was lost. */
export type InboxGroup = {
  entity: string;
  state: "rejected" | "waiting" | "unknown" | "incomplete";
  cause: string | null;
  field: string | null;
  vendorCode: string | null;
  count: number;
  since: string;
  newestAt: string;
};

/** What names a group: all of its fields but the counts. */
export type InboxGroupKey = Pick<InboxGroup, "entity" | "state" | "cause" | "field" | "vendorCode">;

/** One row of a group; its key and content are sealed, and opened by the gateway alone. */
export type InboxRow = {
  id: string;
  deliveryId: string;
  position: number;
  since: string;
  /** A person has said something of it that the worker has not carried out yet. */
  isBeingWorkedOn: boolean;
  /** A later look-up or look at the cause is planned. */
  nextAt: string | null;
};

/** Outcomes of a day in UTC. */
export type DayCount = { day: string; outcome: Outcome; count: number };

/** A field of a row as a form shows it: `path` is where it stands in the row, `column` what its words are found by. */
export type RowField = {
  path: string;
  column: string;
  /** From 0; null for a field of the row itself. */
  line: number | null;
  value: string;
  isRequired: boolean;
};

/** A row's content, as the gateway opens it. `fields` is null once the content is no longer kept. */
export type OpenedRow = {
  key: string | null;
  fields: unknown;
  problems: { field: string | null; cause: string; vendorCode?: string; vendorWords?: string }[];
  record: { vendorId: string; label: string | null } | null;
};
