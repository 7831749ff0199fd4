import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { streamCsv } from "@/lib/platform/csv-stream";
import { listChoices, listConnectionRows } from "./queries";
import type { PartnerConnectionFilter } from "./schema";

type AsMember = <T>(work: (tx: ScopedTransaction<"partner">) => Promise<T>) => Promise<T>;

const AT_ONCE = 500;
/** A file ends here and says so: beyond it a narrower filter gives smaller files that spreadsheets still open. */
export const MAX_EXPORTED_CONNECTIONS = 100_000;

const COLUMNS = [
  "connection_id",
  "request_id",
  "company",
  "business_id",
  "vendor_id",
  "integration",
  "stage",
  "connector",
  "state",
  "attention",
  "is_paused",
  "active_since",
  "checked_at",
] as const;

/** The connections of a filter as CSV, newest first: page after page, each in a transaction of its own, as `writeRequests` has it. */
export function writeConnections(
  asMember: AsMember,
  filter: PartnerConnectionFilter,
  limit = MAX_EXPORTED_CONNECTIONS,
): ReadableStream<Uint8Array> {
  return streamCsv(async (write) => {
    await write(COLUMNS);
    const { integrations } = await asMember(listChoices);
    const nameOf = new Map(integrations.map(({ id, name, stage }) => [id, { name, stage }]));
    let before = filter.before;
    let left = limit;
    while (left > 0) {
      const wanted = Math.min(left, AT_ONCE);
      const page = await asMember((tx) => listConnectionRows(tx, { ...filter, before }, wanted));
      for (const row of page)
        await write([
          row.id,
          row.requestId,
          row.company,
          row.businessId ?? "",
          row.externalId,
          nameOf.get(row.integrationId)?.name ?? "",
          nameOf.get(row.integrationId)?.stage ?? "",
          connectorOf(row.connector).name,
          row.state,
          row.attention ?? "",
          String(row.isPaused),
          row.createdAt.toISOString(),
          row.verifiedAt?.toISOString() ?? "",
        ]);
      if (page.length < wanted) return;
      left -= page.length;
      before = page.at(-1)?.id;
    }
    const more = await asMember((tx) => listConnectionRows(tx, { ...filter, before }, 1));
    if (more.length > 0)
      await write([`Cut off after ${limit} connections: narrow the list by date to get the others.`]);
  });
}
