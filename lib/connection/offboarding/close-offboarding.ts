import { eq } from "drizzle-orm";
import { activations, connections, offboardings } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { connectionMachine } from "@/lib/connection/lifecycle/rules";
import { destroySecrets } from "@/lib/platform/seal/secrets";
import { openTask } from "@/lib/platform/task/open-task";
import type { LoadedOffboarding } from "./load-offboarding";
import { recordStep } from "./record-step";
import { CLOSING_STEP } from "./rules";
import type { OffboardingOutcome } from "./schema";

/**
 * Ends the matter: our copy of the key and all that was sealed with it is destroyed, the connection is removed and its
 * environment free. A key that was not seen to die becomes a task for a person.
 */
export async function closeOffboarding(
  tx: SystemTransaction,
  loaded: LoadedOffboarding,
  outcome: OffboardingOutcome,
): Promise<void> {
  const { connectionId, activationId, integration } = loaded;
  const isThis = eq(offboardings.connectionId, connectionId);
  const [row] = await tx.select().from(offboardings).where(isThis).for("update");
  if (row?.closedAt) return;
  const now = new Date();
  await recordStep(tx, loaded, CLOSING_STEP[outcome]);
  await destroySecrets(tx, { kind: "connection", id: connectionId });
  await recordStep(tx, loaded, "data_key_destroyed");
  await tx
    .update(connections)
    .set({ state: connectionMachine.advance("offboarding", "remove"), stateSince: now })
    .where(eq(connections.id, connectionId));
  await freeEnvironment(tx, activationId);
  await tx.update(offboardings).set({ outcome, closedAt: now, probeWantedAt: null }).where(isThis);
  await recordStep(tx, loaded, "closed");
  if (outcome === "still_works" || outcome === "not_proven")
    await openTask(tx, {
      kind: "key_still_works",
      subjectId: connectionId,
      integrationId: integration.id,
      vendorAnswer: row?.removalAnswer,
    });
}

/** The integration may be activated there again. */
export async function freeEnvironment(tx: SystemTransaction, activationId: string): Promise<void> {
  await tx.update(activations).set({ isOccupying: false }).where(eq(activations.id, activationId));
}
