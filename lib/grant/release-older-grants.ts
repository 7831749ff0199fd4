import { and, eq, ne } from "drizzle-orm";
import { grants } from "@/db/schema";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import type { SystemTransaction } from "@/lib/seal/data-key";

/** A fresh consent takes the place of an older one of the same draft, which is released. */
export async function releaseOlderGrants(
  tx: SystemTransaction,
  grantId: string,
  draftId: string,
): Promise<void> {
  const older = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.draftId, draftId), eq(grants.state, "open"), ne(grants.id, grantId)));
  for (const one of older) await enqueueEvent(tx, "grant/release.wanted", { grantId: one.id });
}
