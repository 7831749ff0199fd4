import { and, eq, inArray } from "drizzle-orm";
import { grants } from "@/db/schema";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { holdsKeys } from "./granted-keys";
import { grantMachine } from "./rules";
import type { GrantRefusal } from "./schema";

/** Ends a grant that led to nothing, with the reason. What it had been issued by then is given back. */
export async function refuseGrant(
  context: WorkerContext,
  grantId: string,
  because: GrantRefusal,
): Promise<{ state: string }> {
  await asSystem(context, "refuse grant", async (tx) => {
    const refused = await tx
      .update(grants)
      .set({ state: "refused", refusedBecause: because, returnToken: null, updatedAt: new Date() })
      .where(and(eq(grants.id, grantId), inArray(grants.state, grantMachine.statesBefore("refuse"))))
      .returning({ id: grants.id });
    if (refused.length > 0 && (await holdsKeys(tx, grantId)))
      await enqueueEvent(tx, "grant/release.wanted", { grantId });
  });
  return { state: "refused" };
}

/** A job could not do its part, however often it was tried: the page can say so. */
export async function giveUpGrant(context: WorkerContext, grantId: string, because: string): Promise<void> {
  context.log.warn({ grantId, because }, "a grant was given up");
  await refuseGrant(context, grantId, "unavailable");
}
