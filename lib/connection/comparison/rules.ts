import type { VendorRecord } from "@/lib/connectors/entity";
import type { ComparisonCounts, ComparisonOutcome, FindingKind } from "./schema";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Records written within this time are compared. */
export const COMPARED_MS = 35 * DAY_MS;
/** A connection is compared again after this long: once a day, whenever in its hour the run comes. */
export const AGAIN_AFTER_MS = 20 * HOUR_MS;

/** What was written, and what the vendor has under the same id; null: nothing. */
type Pair = { written: VendorRecord; there: VendorRecord | null };

/** null for a record that is as it was written, or of which the vendor tells nothing to compare. */
export function judge({ written, there }: Pair): FindingKind | null {
  if (there === null) return "missing";
  const [before, now] = [written.state, there.state];
  if (hasBothTotals({ written, there }) && before?.total !== now?.total) return "total_differs";
  const isChanged = before?.version && now?.version && before.version !== now.version;
  return isChanged ? "changed" : null;
}

const hasBothTotals = ({ written, there }: Pair): boolean =>
  Boolean(written.state?.total && there?.state?.total);

export const noCounts = (): ComparisonCounts => ({
  written: 0,
  found: 0,
  missing: 0,
  totalsCompared: 0,
  totalsDiffer: 0,
  changed: 0,
});

/** Adds a record to the counts. */
export function countPair(counts: ComparisonCounts, pair: Pair): FindingKind | null {
  const kind = judge(pair);
  counts.written += 1;
  if (kind === "missing") counts.missing += 1;
  else counts.found += 1;
  if (hasBothTotals(pair)) counts.totalsCompared += 1;
  if (kind === "total_differs") counts.totalsDiffer += 1;
  if (kind === "changed") counts.changed += 1;
  return kind;
}

/** That a person went on with a record, e.g. sent it, is no difference. */
export const outcomeOf = ({ missing, totalsDiffer }: ComparisonCounts): ComparisonOutcome =>
  missing + totalsDiffer > 0 ? "differs" : "matches";
