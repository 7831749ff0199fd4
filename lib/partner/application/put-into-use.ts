import { and, eq, inArray, ne } from "drizzle-orm";
import {
  activationRequests,
  applicationTrials,
  connections,
  integrations,
  vendorApplications,
} from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { dropSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { closeTask } from "@/lib/platform/task/open-task";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { limiterKeyOf } from "./rules";
import type { TrialFailure } from "./schema";
import { settingsInTrial } from "./settings-in-trial";
import { openTrialSecrets } from "./trial-secrets";

type Reader = SystemTransaction | ScopedTransaction<"partner">;

/** Whether customers are connected, or about to be, by this application: their keys are bound to its client id. */
export async function hasCustomers(tx: Reader, vendorApplicationId: string): Promise<boolean> {
  const own = tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.vendorApplicationId, vendorApplicationId));
  const [connected] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(inArray(connections.integrationId, own), ne(connections.state, "removed")))
    .limit(1);
  if (connected) return true;
  const [asking] = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(
      and(
        inArray(activationRequests.integrationId, own),
        inArray(activationRequests.state, ["awaiting_partner", "processing"]),
      ),
    )
    .limit(1);
  return asking !== undefined;
}

/**
 * Ends a trial that the vendor accepted, in one transaction: a change replaces what is in use, and the operator's tasks about
 * the application are done. Gives why the values cannot be used all the same.
 */
export async function putIntoUse(
  tx: SystemTransaction,
  context: WorkerContext,
  trialId: string,
): Promise<TrialFailure | null> {
  const [trial] = await tx
    .select()
    .from(applicationTrials)
    .where(and(eq(applicationTrials.id, trialId), eq(applicationTrials.state, "running")))
    .for("update");
  if (!trial) return null;
  const [application] = await tx
    .select()
    .from(vendorApplications)
    .where(eq(vendorApplications.id, trial.vendorApplicationId))
    .for("update");
  if (!application) return null;
  if (trial.kind === "change") {
    const conflict = await bringChange(tx, context, application, trial);
    if (conflict) return conflict;
  }
  const now = new Date();
  await tx.update(vendorApplications).set({ provenAt: now }).where(eq(vendorApplications.id, application.id));
  await tx
    .update(applicationTrials)
    .set({ state: "passed", failure: null, vendorAnswer: null, updatedAt: now })
    .where(eq(applicationTrials.id, trial.id));
  await closeTask(tx, "application_refused", application.id);
  await closeTask(tx, "version_ended", application.id);
  await writeAudit(tx, {
    actor: { kind: "system" },
    partnerId: trial.partnerId,
    action: "vendor_application.trial",
    subject: { kind: "vendor_application", id: application.id },
    detail: { kind: trial.kind, replaced: trial.replaces },
  });
  return null;
}

async function bringChange(
  tx: SystemTransaction,
  context: WorkerContext,
  application: typeof vendorApplications.$inferSelect,
  trial: typeof applicationTrials.$inferSelect,
): Promise<TrialFailure | null> {
  const { connector, stage } = application;
  const clientId = trial.clientId ?? application.clientId;
  const isRenamed = clientId !== application.clientId;
  if (isRenamed) {
    const [other] = await tx
      .select({ id: vendorApplications.id })
      .from(vendorApplications)
      .where(
        and(
          eq(vendorApplications.connector, connector),
          eq(vendorApplications.stage, stage),
          eq(vendorApplications.clientId, clientId),
        ),
      );
    if (other) return "taken";
    if (await hasCustomers(tx, application.id)) return "in_use";
  }
  const owner = { kind: "vendor_application", id: application.id } as const;
  const { fresh } = await openTrialSecrets(tx, context, trial);
  for (const [name, value] of Object.entries(fresh))
    await storeSecret(tx, context.keys, owner, { name, value });
  // A token of the former values would be used for as long as it lives.
  await dropSecret(tx, owner, "access_token");
  const hasOwnLimit = application.limiterKey === limiterKeyOf(application);
  await tx
    .update(vendorApplications)
    .set({
      clientId,
      settings: settingsInTrial(context, application, trial),
      ...(hasOwnLimit && { limiterKey: limiterKeyOf({ connector, stage, clientId }) }),
    })
    .where(eq(vendorApplications.id, application.id));
  return null;
}
