/** `matches`: all that was written is there with its total. `failed`: the vendor could not be read to the end. */
export const COMPARISON_OUTCOMES = ["matches", "differs", "failed"] as const;
export type ComparisonOutcome = (typeof COMPARISON_OUTCOMES)[number];

/** What a record is at the vendor: gone, of another total, or changed otherwise since it was written. */
export type FindingKind = "missing" | "total_differs" | "changed";

/** Ids and places of ours alone: what the vendor calls the record is sealed with its row. */
export type Finding = {
  kind: FindingKind;
  rowId: string;
  /** null once the delivery is no longer kept. */
  deliveryId: string | null;
  position: number | null;
  writtenAt: string;
};

export type ComparisonCounts = {
  written: number;
  found: number;
  missing: number;
  /** Of those found, how many have a total on both sides. */
  totalsCompared: number;
  totalsDiffer: number;
  changed: number;
};

/** The newest report of an entity. */
export type ComparisonView = ComparisonCounts & {
  id: string;
  entity: string;
  outcome: ComparisonOutcome;
  /** Records written since then were compared. */
  since: string;
  comparedAt: string;
};
