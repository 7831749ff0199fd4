import { eq } from "drizzle-orm";
import { connectionPreparations, offboardings } from "@/db/schema";
import { judgeThings, recordRemoved, releaseAll } from "@/lib/connection/preparation/things";
import { blameOf } from "@/lib/connectors/blame";
import type { Connector } from "@/lib/connectors/connector";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { assertSilenceIsLong } from "@/lib/connectors/vendor/assert-silence-is-long";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { LoadedOffboarding } from "./load-offboarding";
import { recordStep } from "./record-step";

type Vendor = { connector: Connector; vendor: ConnectorContext };

/** The customer has to get on with its own steps: a vendor that is away for longer keeps what we made. */
const TRIED_FOR_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * Takes out of the vendor system what the preparation made there, where the customer asked for it, no other connection uses it
 * and it was not there before: while the key still works. May run at any time and twice; passing trouble is thrown.
 */
export async function removePrepared(
  context: WorkerContext,
  loaded: LoadedOffboarding,
  key: HeldKey,
  { connector: { prepare }, vendor }: Vendor,
): Promise<void> {
  if (loaded.preparedEndedAt !== null || !prepare) return;
  const { connectionId, partnerId, accountId, environmentId } = loaded;
  const owner = { id: connectionId, partnerId, accountId, environmentId };
  const things = await asSystem(context, "judge prepared things", (tx) => judgeThings(tx, owner));
  const removable = loaded.removesPrepared ? things.filter(({ fate }) => fate === "removable") : [];
  // A step of the preparation was under way when the end was asked for: removed too early, its thing would come to be afterwards.
  for (const { awaitedSince } of removable) if (awaitedSince) assertSilenceIsLong(context, awaitedSince);
  let isRefused = false;
  for (const { thing } of removable) {
    const isRemoved = await tryToRemove(() => prepare.remove(vendor, key, thing), loaded);
    if (isRemoved)
      await asSystem(context, "record removal", async (tx) => {
        await recordRemoved(tx, owner, thing);
        await recordStep(tx, loaded, "prepared_removed");
      });
    isRefused ||= !isRemoved;
  }
  await asSystem(context, "end preparation", async (tx) => {
    await releaseAll(tx, owner);
    const now = new Date();
    await tx
      .update(connectionPreparations)
      .set({ nextTryAt: null })
      .where(eq(connectionPreparations.connectionId, connectionId));
    await tx
      .update(offboardings)
      .set({ preparedEndedAt: now })
      .where(eq(offboardings.connectionId, connectionId));
    if (isRefused) await recordStep(tx, loaded, "prepared_not_removed");
    // With none left after a removal, an earlier round has recorded it.
    else if (things.length > removable.length) await recordStep(tx, loaded, "prepared_kept");
  });
}

/** False when the vendor refuses, or takes the key no more: what we made stays there. */
async function tryToRemove(
  remove: () => Promise<"removed" | { because: string }>,
  { createdAt }: LoadedOffboarding,
): Promise<boolean> {
  try {
    return (await remove()) === "removed";
  } catch (error) {
    const isPassing = blameOf(error) === null || blameOf(error) === "application";
    if (isPassing && Date.now() - createdAt.getTime() < TRIED_FOR_MS) throw error;
    return false;
  }
}
