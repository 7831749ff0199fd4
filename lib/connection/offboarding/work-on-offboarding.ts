import { eq } from "drizzle-orm";
import { offboardings } from "@/db/schema";
import { cancelWork } from "@/lib/connection/delivery/cancel-work";
import type { HeldKey } from "@/lib/connectors/context";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { makeReturnUrl } from "@/lib/connectors/vendor/return-url";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { closeOffboarding } from "./close-offboarding";
import { finishRound } from "./finish-round";
import { type LoadedOffboarding, loadOffboarding } from "./load-offboarding";
import { recordCallsStopped } from "./record-calls-stopped";
import { recordKeyFate, removeKey } from "./remove-key";
import { removePrepared } from "./remove-prepared";
import { judgeProbe, nextProbeAt } from "./rules";
import type { ProbeResult } from "./schema";

/**
 * One round: the key is removed as far as the vendor lets us, and tried, to see whether it is dead. Rounds go on, by the
 * sweep, until it is or its time is over. May run at any time and twice; passing trouble at the vendor is thrown.
 */
export async function workOnOffboarding(
  context: WorkerContext,
  connectionId: string,
): Promise<"closed" | "waiting"> {
  const loaded = await loadOffboarding(context, connectionId);
  const { partnerId, accountId } = loaded;
  await recordCallsStopped(context, loaded);
  await asSystem(context, "cancel deliveries", (tx) =>
    cancelWork(tx, { connectionId, partnerId, accountId }),
  );
  if (loaded.closedAt) return "closed";
  const startedAt = new Date();
  if (loaded.secret === null) return recordProbe(context, loaded, { startedAt, result: "unknown" });
  const key: HeldKey = { subject: { kind: "connection", connectionId }, secret: loaded.secret };
  const vendor = await createConnectorContext(
    context,
    loaded.integration.vendorApplicationId,
    loaded.accountId,
  );
  await vendor.vendor.tokens.drop(key.subject);
  await removePrepared(context, loaded, key, vendor);
  const fate = await removeKey(context, loaded, key, vendor);
  if (fate === "shared") return "closed";
  const returnUrl = makeReturnUrl(context, vendor.vendor.application, loaded.integration.slug);
  const result = await vendor.connector.probeKey(vendor.vendor, key, returnUrl);
  return recordProbe(context, loaded, { startedAt, result, isRevoked: fate === "revoked" });
}

/** The vendor could not be asked: that proves nothing, and the sweep comes back to it. */
export async function postponeOffboarding(
  context: WorkerContext,
  connectionId: string,
  because: string,
): Promise<"closed" | "waiting"> {
  context.log.warn({ connectionId, because }, "an old key could not be tried");
  const loaded = await loadOffboarding(context, connectionId);
  if (loaded.closedAt) return "closed";
  await recordCallsStopped(context, loaded);
  return recordProbe(context, loaded, { startedAt: new Date(), result: "unknown" });
}

type Round = {
  startedAt: Date;
  result: ProbeResult;
  /** The vendor says that it has removed the key. */
  isRevoked?: boolean;
};

async function recordProbe(
  context: WorkerContext,
  loaded: LoadedOffboarding,
  { startedAt, result, isRevoked = false }: Round,
): Promise<"closed" | "waiting"> {
  return asSystem(context, "record probe", async (tx) => {
    await finishRound(tx, loaded);
    const isThis = eq(offboardings.connectionId, loaded.connectionId);
    const [row] = await tx.select().from(offboardings).where(isThis).for("update");
    if (!row || row.closedAt) return "closed";
    const now = new Date();
    // Asked for while this round was under way: it may have come too early to see what the customer did.
    const isWantedAnew = row.probeWantedAt !== null && row.probeWantedAt > startedAt;
    await tx
      .update(offboardings)
      .set({
        lastProbe: result,
        lastProbeAt: now,
        nextProbeAt: isWantedAnew ? now : nextProbeAt(row.createdAt, now),
        ...(!isWantedAnew && { probeWantedAt: null }),
      })
      .where(isThis);
    const outcome = judgeProbe(result, row.createdAt, now);
    if (!outcome) return "waiting";
    if (isRevoked && result === "dead") await recordKeyFate(tx, loaded, "removed");
    await closeOffboarding(tx, loaded, outcome);
    return "closed";
  });
}
