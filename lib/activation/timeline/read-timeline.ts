import { type SQL, sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { TimelineKind, TimelinePage, TimelineSide } from "./schema";

const FUNCTIONS: Record<TimelineSide, SQL> = {
  customer: sql`kytkin.customer_timeline`,
  partner: sql`kytkin.partner_timeline`,
  operator: sql`kytkin.operator_timeline`,
};
/** How many entries a page has. */
export const TIMELINE_PAGE = 25;

type Row = {
  happened_at: string;
  key: string;
  kind: TimelineKind;
  about: string | null;
  company: string | null;
  by_side: TimelineSide | "system" | null;
  actor: string | null;
  what: string | null;
  words: string | null;
  until_at: string | null;
  answer: VendorAnswer | null;
};

type Subject = { requestId: string } | { connectionId: string };

/**
 * A page of what happened with a request or a connection, newest first, from the rows that say so: `kytkin.timeline_rows` joins them and
 * leaves out what the side may not see. Empty for a subject of another account or partner.
 */
export async function readTimeline<S extends TimelineSide>(
  tx: ScopedTransaction<S>,
  side: S,
  subject: Subject,
  before?: string,
): Promise<TimelinePage> {
  const requestId = "requestId" in subject ? subject.requestId : null;
  const connectionId = "connectionId" in subject ? subject.connectionId : null;
  const split = before?.indexOf("_") ?? -1;
  const [at, key] = before && split > 0 ? [before.slice(0, split), before.slice(split + 1)] : [null, null];
  const rows = await tx.execute<Row>(sql`select * from ${FUNCTIONS[side]}(
    ${requestId}::uuid, ${connectionId}::uuid, ${at}::timestamptz, ${key}::text, ${TIMELINE_PAGE + 1}::integer)`);
  const shown = rows.slice(0, TIMELINE_PAGE);
  const last = shown.at(-1);
  return {
    entries: shown.map((row) => ({
      key: row.key,
      at: new Date(row.happened_at).toISOString(),
      kind: row.kind,
      about: row.about,
      company: row.company,
      side: row.by_side,
      actor: row.actor,
      what: row.what,
      text: row.words,
      until: row.until_at ? new Date(row.until_at).toISOString() : null,
      vendorAnswer: row.answer,
    })),
    nextCursor: rows.length > TIMELINE_PAGE && last ? `${last.happened_at}_${last.key}` : null,
  };
}
