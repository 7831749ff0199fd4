import { and, asc, eq, inArray } from "drizzle-orm";
import { applicationTrials, integrations, vendorApplications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { findFieldTrouble, toVendorApplication } from "@/lib/connectors/application-field";
import type { Connector } from "@/lib/connectors/connector";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { getConnector } from "@/lib/connectors/registry";
import { createTrialContext } from "@/lib/connectors/vendor/create-trial-context";
import { isAppError } from "@/lib/core/app-error";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { putIntoUse } from "./put-into-use";
import type { TrialCheck, TrialFailure } from "./schema";
import { settingsInTrial } from "./settings-in-trial";
import { openTrialSecrets, sealTrialSecrets } from "./trial-secrets";

type TrialRow = typeof applicationTrials.$inferSelect;
type ApplicationRow = typeof vendorApplications.$inferSelect;
type Refusal = { failure: TrialFailure; vendorAnswer?: VendorAnswer };
type Prepared = {
  trial: TrialRow;
  application: ApplicationRow;
  connector: Connector;
  vendor: ConnectorContext;
};

/**
 * Proves a vendor application by real calls without an effect, telling how far it has come, and puts the values of a
 * change into use once the vendor accepted them; until then those in use stay. May run twice.
 */
export async function tryApplication(context: WorkerContext, trialId: string): Promise<void> {
  const prepared = await prepare(context, trialId);
  if (prepared === null) return;
  if ("failure" in prepared) return refuse(context, trialId, prepared);
  const refusal = await runChecks(context, prepared);
  if (refusal) return refuse(context, trialId, refusal);
  const conflict = await asSystem(context, "end trial", (tx) => putIntoUse(tx, context, trialId));
  if (conflict) await refuse(context, trialId, { failure: conflict });
}

/** The job could not do its part: the page says so, and the values stay for another try. */
export async function giveUpTrial(context: WorkerContext, trialId: string, because: string): Promise<void> {
  context.log.warn({ trialId, because }, "a vendor application could not be tried");
  await refuse(context, trialId, { failure: "not_tried" });
}

/** Seals what came from the web process, and opens what the calls need. null: there is nothing to try any more. */
async function prepare(context: WorkerContext, trialId: string): Promise<Prepared | Refusal | null> {
  return asSystem(context, "open trial of a vendor application", async (tx) => {
    const [trial] = await tx
      .select()
      .from(applicationTrials)
      .where(and(eq(applicationTrials.id, trialId), inArray(applicationTrials.state, ["waiting", "running"])))
      .for("update");
    if (!trial) return null;
    const { sealed } = trial;
    if (sealed !== null && !(await sealTrialSecrets(tx, context, { id: trial.id, sealed })))
      return { failure: "unreadable" };
    await tx
      .update(applicationTrials)
      .set({ state: "running", sealed: null, checks: [], updatedAt: new Date() })
      .where(eq(applicationTrials.id, trialId));
    return openValues(tx, context, trial);
  });
}

async function openValues(
  tx: SystemTransaction,
  context: WorkerContext,
  trial: TrialRow,
): Promise<Prepared | Refusal> {
  const [application] = await tx
    .select()
    .from(vendorApplications)
    .where(eq(vendorApplications.id, trial.vendorApplicationId));
  if (!application) return { failure: "not_tried" };
  const [integration] = await tx
    .select({ slug: integrations.slug })
    .from(integrations)
    .where(eq(integrations.vendorApplicationId, application.id))
    .orderBy(asc(integrations.createdAt))
    .limit(1);
  const connector = getConnector(application.connector);
  const { all } = await openTrialSecrets(tx, context, trial);
  const settings = settingsInTrial(context, application, trial);
  if (isIncomplete(connector, settings, all)) return { failure: "incomplete" };
  const clientId = trial.clientId ?? application.clientId;
  const vendor = createTrialContext(context, connector, {
    application: toVendorApplication({ stage: application.stage, clientId, settings }),
    secrets: all,
    limiterKey: application.limiterKey,
    slug: integration?.slug ?? null,
  });
  return { trial, application, connector, vendor };
}

function isIncomplete(
  { manifest }: Connector,
  settings: Record<string, string>,
  secrets: Record<string, string>,
): boolean {
  const named = Object.keys(manifest.application.secrets.shape).map((name) => [name, secrets[name]]);
  return (
    findFieldTrouble(manifest.application.settings, settings, "settings").length > 0 ||
    findFieldTrouble(manifest.application.secrets, Object.fromEntries(named), "secrets").length > 0
  );
}

/** Runs the connector's checks in order. Gives why it ended at one of them; null: all is well. */
async function runChecks(
  context: WorkerContext,
  { trial, connector, vendor }: Prepared,
): Promise<Refusal | null> {
  const done: TrialCheck[] = [];
  for (const check of connector.applicationChecks ?? []) {
    const { title } = check;
    await tell(context, trial.id, [...done, { title, state: "running" }]);
    const result = await check.run(vendor).catch(toRefusal);
    if (typeof result === "object" && ("failure" in result || "failed" in result)) {
      const note = "failed" in result ? result.failed : undefined;
      await tell(context, trial.id, [...done, { title, state: "failed", ...(note && { note }) }]);
      return "failed" in result ? { failure: "setting" } : result;
    }
    done.push(
      result === "passed" ? { title, state: "passed" } : { title, state: "skipped", note: result.skipped },
    );
  }
  await tell(context, trial.id, done);
  return null;
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof ConnectorError)
    return { failure: error.isRetriable ? "unreachable" : "refused", vendorAnswer: error.answer };
  // A value that the connector cannot make a call with, such as a version that the vendor has none of.
  if (isAppError(error, "misconfigured")) return { failure: "setting" };
  throw error;
}

async function tell(context: WorkerContext, trialId: string, checks: TrialCheck[]): Promise<void> {
  await asSystem(context, "tell how a trial goes", (tx) =>
    tx
      .update(applicationTrials)
      .set({ checks, updatedAt: new Date() })
      .where(and(eq(applicationTrials.id, trialId), eq(applicationTrials.state, "running"))),
  );
}

async function refuse(
  context: WorkerContext,
  trialId: string,
  { failure, vendorAnswer }: Refusal,
): Promise<void> {
  await asSystem(context, "refuse trial", async (tx) => {
    const [refused] = await tx
      .update(applicationTrials)
      .set({ state: "refused", failure, vendorAnswer: vendorAnswer ?? null, updatedAt: new Date() })
      .where(and(eq(applicationTrials.id, trialId), inArray(applicationTrials.state, ["waiting", "running"])))
      .returning();
    if (!refused) return;
    const { partnerId, vendorApplicationId, kind } = refused;
    // The vendor's word about what is in use counts; one that did not answer says nothing.
    if (kind === "live" && ["refused", "setting", "incomplete"].includes(failure))
      await tx
        .update(vendorApplications)
        .set({ provenAt: null })
        .where(eq(vendorApplications.id, vendorApplicationId));
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId,
      action: "vendor_application.trial",
      subject: { kind: "vendor_application", id: vendorApplicationId },
      outcome: "refused",
      detail: { because: failure },
    });
  });
}
