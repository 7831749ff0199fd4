import { and, desc, eq, ne } from "drizzle-orm";
import { connectionExports, deliveries } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { ExportOffer } from "./schema";

/** The newest export of a connection, and whether there is anything that another one would hold. */
export async function findExportOffer(
  tx: ScopedTransaction<"customer">,
  { accountId, connectionId }: { accountId: string; connectionId: string },
): Promise<ExportOffer> {
  const [row] = await tx
    .select()
    .from(connectionExports)
    .where(
      and(
        eq(connectionExports.accountId, accountId),
        eq(connectionExports.connectionId, connectionId),
        ne(connectionExports.state, "gone"),
      ),
    )
    .orderBy(desc(connectionExports.id))
    .limit(1);
  const [some] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.accountId, accountId), eq(deliveries.connectionId, connectionId)))
    .limit(1);
  return {
    hasRows: some !== undefined,
    current: row
      ? {
          id: row.id,
          state: row.state,
          problem: row.problem,
          askedAt: row.createdAt.toISOString(),
          endsAt: row.endsAt.toISOString(),
          progress: { done: row.linesDone, total: row.linesTotal },
          sizeBytes: row.sizeBytes,
          counts: row.counts,
        }
      : null,
  };
}
