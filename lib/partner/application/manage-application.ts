import { and, eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import { applicationTrials, integrations, vendorApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Stage } from "@/lib/connectors/context";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { hasCustomers } from "./put-into-use";
import { limiterKeyOf } from "./rules";
import type { ApplicationInput } from "./schema";
import { encryptTrialSecrets } from "./trial-secrets";

type Partner = ScopedTransaction<"partner">;

const audited = (member: PartnerMember, id: string) => ({
  actor: { kind: "user", userId: member.userId } as const,
  partnerId: member.partnerId,
  subject: { kind: "vendor_application", id },
});

/**
 * Makes a vendor application and has its values tried; the secrets come into use once the vendor accepted them. Gives its
 * id, or null when another application of the connector and stage has the client id.
 */
export async function createApplication(
  tx: Partner,
  member: PartnerMember,
  { connector, stage, input }: { connector: string; stage: Stage; input: ApplicationInput },
): Promise<string | null> {
  assertMay(member, "applications.manage");
  const { clientId, settings } = input;
  const { partnerId } = member;
  const own = { connector, stage, clientId };
  const id = uuidv7();
  // Asked for no row of the others: whose client id it is stays unsaid.
  const made = await tx
    .insert(vendorApplications)
    .values({ id, partnerId, ...own, settings, limiterKey: limiterKeyOf(own) })
    .onConflictDoNothing()
    .returning({ id: vendorApplications.id });
  if (made.length === 0) return null;
  await writeAudit(tx, {
    ...audited(member, id),
    action: "vendor_application.create",
    detail: { connector, stage },
  });
  await addTrial(tx, member, id, input);
  return id;
}

/** Has other values tried, which replace those in use once they are accepted. A change that was refused before is discarded. */
export async function changeApplication(
  tx: Partner,
  member: PartnerMember,
  id: string,
  input: ApplicationInput,
): Promise<void> {
  assertMay(member, "applications.manage");
  const application = await getRow(tx, id);
  if (input.clientId !== application.clientId && (await hasCustomers(tx, id)))
    throw new AppError("conflict", "customers are connected by this client id");
  await tx
    .update(applicationTrials)
    .set({ state: "discarded", updatedAt: new Date() })
    .where(
      and(
        eq(applicationTrials.vendorApplicationId, id),
        eq(applicationTrials.kind, "change"),
        eq(applicationTrials.state, "refused"),
      ),
    );
  await writeAudit(tx, {
    ...audited(member, id),
    action: "vendor_application.change",
    detail: { replaces: Object.keys(input.secrets) },
  });
  await addTrial(tx, member, id, input);
}

/** Tries what is in use, or once more a change that was refused. Throws `conflict` while one is being tried. */
export async function tryAgain(
  tx: Partner,
  member: PartnerMember,
  id: string,
  what: "live" | "change",
): Promise<void> {
  assertMay(member, "applications.manage");
  const { connector } = await getRow(tx, id);
  if (!getConnector(connector).applicationChecks) throw new AppError("conflict", "there is nothing to try");
  await writeAudit(tx, { ...audited(member, id), action: "vendor_application.try", detail: { what } });
  if (what === "live") return addTrial(tx, member, id, null);
  const [again] = await tx
    .update(applicationTrials)
    .set({ state: "waiting", failure: null, updatedAt: new Date() })
    .where(
      and(
        eq(applicationTrials.vendorApplicationId, id),
        eq(applicationTrials.kind, "change"),
        eq(applicationTrials.state, "refused"),
      ),
    )
    .returning({ id: applicationTrials.id });
  if (!again) throw new AppError("conflict", "there is no refused change");
  await enqueueEvent(tx, "application/trial.wanted", { trialId: again.id });
}

/** Forgets a change that was refused; what is in use stays. Throws `conflict` when there is none. */
export async function discardChange(tx: Partner, member: PartnerMember, id: string): Promise<void> {
  assertMay(member, "applications.manage");
  const discarded = await tx
    .update(applicationTrials)
    .set({ state: "discarded", updatedAt: new Date() })
    .where(
      and(
        eq(applicationTrials.vendorApplicationId, id),
        eq(applicationTrials.kind, "change"),
        eq(applicationTrials.state, "refused"),
      ),
    )
    .returning({ id: applicationTrials.id });
  if (discarded.length === 0) throw new AppError("conflict", "there is no refused change");
  await writeAudit(tx, { ...audited(member, id), action: "vendor_application.discard" });
}

/** With its secrets. Throws `conflict` while an integration uses it. */
export async function deleteApplication(tx: Partner, member: PartnerMember, id: string): Promise<void> {
  assertMay(member, "applications.manage");
  const { connector, stage } = await getRow(tx, id);
  const [user] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.vendorApplicationId, id))
    .limit(1);
  if (user) throw new AppError("conflict", "an integration uses it");
  await tx.delete(vendorApplications).where(eq(vendorApplications.id, id));
  await writeAudit(tx, {
    ...audited(member, id),
    action: "vendor_application.delete",
    detail: { connector, stage },
  });
}

async function getRow(tx: Partner, id: string): Promise<typeof vendorApplications.$inferSelect> {
  const [row] = await tx.select().from(vendorApplications).where(eq(vendorApplications.id, id));
  if (!row) throw new AppError("not_found", "vendor application");
  return row;
}

/** One trial at a time. Without values what is in use is tried. */
async function addTrial(
  tx: Partner,
  member: PartnerMember,
  vendorApplicationId: string,
  input: ApplicationInput | null,
): Promise<void> {
  const [open] = await tx
    .select({ id: applicationTrials.id })
    .from(applicationTrials)
    .where(
      and(
        eq(applicationTrials.vendorApplicationId, vendorApplicationId),
        inArray(applicationTrials.state, ["waiting", "running"]),
      ),
    );
  if (open) throw new AppError("conflict", "it is being tried");
  const id = uuidv7();
  const change = input && {
    clientId: input.clientId,
    settings: input.settings,
    replaces: Object.keys(input.secrets),
    sealed: await encryptTrialSecrets(tx, id, input.secrets),
  };
  const { partnerId, userId } = member;
  try {
    await tx.insert(applicationTrials).values({
      id,
      vendorApplicationId,
      partnerId,
      requestedBy: userId,
      kind: "live",
      ...change,
      ...(change && { kind: "change" as const }),
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("conflict", "it is being tried", { cause: error });
    throw error;
  }
  await enqueueEvent(tx, "application/trial.wanted", { trialId: id });
}
