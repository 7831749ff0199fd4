import { and, eq, inArray } from "drizzle-orm";
import { deliveryRows, writtenRecords } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { VendorRecord } from "@/lib/connectors/entity";
import type { Work } from "./move-row";
import { openWritten } from "./sealed-row";

export type LastWritten = { contentHash: string | null; record: VendorRecord };

/** What was last written for a key; null when nothing was. */
export async function findWritten(
  tx: SystemTransaction,
  { owner, data }: Work,
  keyHash: string,
): Promise<LastWritten | null> {
  const [row] = await tx
    .select()
    .from(writtenRecords)
    .where(and(eq(writtenRecords.connectionId, owner.connectionId), eq(writtenRecords.keyHash, keyHash)));
  return row ? { contentHash: row.contentHash, record: openWritten(data, keyHash, row.sealedRecord) } : null;
}

/** Whether a row may still write the key. */
export async function isUnderWay(
  tx: SystemTransaction,
  { owner }: Pick<Work, "owner">,
  keyHash: string,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: deliveryRows.id })
    .from(deliveryRows)
    .where(
      and(
        eq(deliveryRows.connectionId, owner.connectionId),
        eq(deliveryRows.keyHash, keyHash),
        inArray(deliveryRows.state, ["queued", "sending", "waiting", "unknown"]),
      ),
    )
    .limit(1);
  return row !== undefined;
}
