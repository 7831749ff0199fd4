import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import { activationRequests, activations, capLocks, drafts, grants, termsAcceptances } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import {
  type DraftRow,
  findChangesUnderDraft,
  findGrantOfDraft,
  getAcceptedSpecification,
  getPreparation,
  isAcceptanceKept,
  listPicked,
} from "@/lib/activation/draft/queries";
import { draftMachine } from "@/lib/activation/draft/rules";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { grantMachine } from "@/lib/activation/grant/rules";
import type { KeysFrom } from "@/lib/activation/grant/schema";
import { shrinkPlan } from "@/lib/activation/plan/end-plan";
import { isBlockedByPreflight } from "@/lib/activation/preflight/queries";
import { chosenFor } from "@/lib/activation/settings/rules";
import type { SettingValues } from "@/lib/activation/settings/schema";
import type { IntegrationView, ShownContent } from "@/lib/catalogue/integration/schema";
import { findCustomerRef } from "@/lib/catalogue/link/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { activationMachine, decisionDeadline, requestMachine, submitEvent } from "./rules";

type Submission = {
  viewer: Viewer;
  draft: DraftRow;
  integration: IntegrationView;
  grant: { id: string; expiresAt: Date; connector: string; stage: string; keysFrom: KeysFrom };
  picked: EnvironmentOption[];
  settings: SettingValues;
};

/**
 * Submits the draft: cap claimed, environments taken, consent recorded and the event written, all in one transaction.
 * Throws `changed_since_started`, `gone` (consent expired), `cap_exceeded`, `environment_taken`, `checks_failed`, `invalid_input`.
 */
export async function submitActivationRequest(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<string> {
  // One submission of an account and integration at a time: what is counted below stays true until the commit.
  await takeCapLock(tx, draft.accountId, draft.integrationId);
  if (await findChangesUnderDraft(tx, draft, integration))
    throw new AppError("changed_since_started", "another version is published now");
  if (!(await isAcceptanceKept(tx, draft)))
    throw new AppError("changed_since_started", "the one who accepted has no part in it any more");
  const grant = await getOpenGrant(tx, draft.id);
  const specification = await getAcceptedSpecification(tx, draft);
  assertTimeToDecide(specification.content, expiryAtVendor(grant));
  const { options, picked, room, isSaved, hasLostPick } = await listPicked(
    tx,
    draft,
    grant.id,
    specification.content.cap,
  );
  // All that was shown or nothing: what was lost is not left out silently.
  if (hasLostPick) throw new AppError("environment_taken", "a picked environment cannot be picked any more");
  if (!isSaved || picked.length === 0) throw new AppError("invalid_input", "nothing is picked");
  if (picked.length > room) throw new AppError("cap_exceeded", `${picked.length} of ${room}`);
  const settings = chosenFor(specification.content.settings, draft.settings);
  if (settings === null) throw new AppError("invalid_input", "settings");
  if (await isBlockedByPreflight(tx, grant.id, picked))
    throw new AppError("checks_failed", "an environment lacks what the integration needs");

  const submission = { viewer, draft, integration, grant, picked, settings };
  const requestId = await insertRequest(tx, submission);
  await insertActivations(tx, submission, requestId);
  await insertConsent(tx, submission, requestId);
  await shrinkPlan(tx, draft, options, room);
  await enqueueEvent(tx, "activation/request.submitted", { requestId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: draft.partnerId,
    action: "request.submit",
    subject: { kind: "activation_request", id: requestId },
    detail: { environments: picked.length, contentHash: draft.contentHash },
  });
  return requestId;
}

/** With partner steps somebody has to decide before the consent ends; with less than a minute nobody can. */
function assertTimeToDecide(content: ShownContent, vendorExpiresAt: Date | null): void {
  if (content.partnerSteps.kind === "none") return;
  const now = new Date();
  const deadline = decisionDeadline(now, content.decisionTimeoutSeconds, vendorExpiresAt);
  const leastMs = Math.min(60, content.decisionTimeoutSeconds) * 1000;
  if (deadline.getTime() - now.getTime() < leastMs)
    throw new AppError("gone", "the consent at the vendor ends too soon");
}

async function takeCapLock(tx: RequestTransaction, accountId: string, integrationId: string): Promise<void> {
  await tx.insert(capLocks).values({ accountId, integrationId }).onConflictDoNothing();
  await tx
    .select()
    .from(capLocks)
    .where(and(eq(capLocks.accountId, accountId), eq(capLocks.integrationId, integrationId)))
    .for("update");
}

async function getOpenGrant(tx: RequestTransaction, draftId: string): Promise<Submission["grant"]> {
  const grant = await findGrantOfDraft(tx, draftId);
  if (grant?.state !== "open" || !grant.expiresAt || grant.expiresAt <= new Date()) {
    throw new AppError("gone", "the consent at the vendor is not open");
  }
  const [row] = await tx
    .select({ connector: grants.connector, stage: grants.stage, keysFrom: grants.keysFrom })
    .from(grants)
    .where(eq(grants.id, grant.id));
  if (!row) throw new AppError("not_found", "grant");
  return { id: grant.id, expiresAt: grant.expiresAt, ...row };
}

async function insertRequest(
  tx: RequestTransaction,
  { viewer, draft, integration, grant, settings }: Submission,
): Promise<string> {
  const { content } = integration.specification;
  const requestId = uuidv7();
  const now = new Date();
  await tx.insert(activationRequests).values({
    id: requestId,
    partnerId: draft.partnerId,
    accountId: draft.accountId,
    integrationId: draft.integrationId,
    specificationId: draft.specificationId,
    draftId: draft.id,
    grantId: grant.id,
    linkToken: draft.linkToken,
    customerRef: await findCustomerRef(tx, draft.linkToken),
    state: requestMachine.advance(null, submitEvent(content.partnerSteps)),
    submittedBy: viewer.userId,
    notifiedEmail: viewer.email,
    locale: viewer.locale,
    submittedAt: now,
    deadlineAt: decisionDeadline(now, content.decisionTimeoutSeconds, expiryAtVendor(grant)),
    retryOf: draft.retryOf,
    settings: content.settings.length > 0 ? settings : null,
  });
  const drafted = await tx
    .update(drafts)
    .set({ state: draftMachine.advance("open", "submit"), updatedAt: now })
    .where(and(eq(drafts.id, draft.id), eq(drafts.state, "open")))
    .returning({ id: drafts.id });
  const granted = await tx
    .update(grants)
    .set({ state: grantMachine.advance("open", "submit"), updatedAt: now })
    .where(and(eq(grants.id, grant.id), eq(grants.state, "open")))
    .returning({ id: grants.id });
  if (drafted.length === 0 || granted.length === 0) throw new AppError("conflict", "submitted already");
  return requestId;
}

/** Keys that are here already do not end while the partner decides; a request at the vendor does. */
function expiryAtVendor(grant: Submission["grant"]): Date | null {
  return grant.keysFrom === "decision" ? grant.expiresAt : null;
}

async function insertActivations(
  tx: RequestTransaction,
  submission: Submission,
  requestId: string,
): Promise<void> {
  const { draft, integration, grant, picked } = submission;
  const state = activationMachine.advance(null, submitEvent(integration.specification.content.partnerSteps));
  const rows = [];
  for (const option of picked) {
    const [environment] = await tx.execute<{ id: string }>(
      sql`select kytkin.environment_id(${grant.connector}, ${grant.stage}, ${option.externalId}, ${uuidv7()}) as id`,
    );
    if (!environment) throw new AppError("not_found", "environment");
    rows.push({
      requestId,
      partnerId: draft.partnerId,
      accountId: draft.accountId,
      integrationId: draft.integrationId,
      environmentId: environment.id,
      externalId: option.externalId,
      environmentName: option.name ?? option.externalId,
      businessId: option.businessId,
      state,
      isOccupying: true,
    });
  }
  await tx
    .insert(activations)
    .values(rows)
    .catch((cause: unknown) => {
      if (isUniqueViolation(cause, "activations_one_live"))
        throw new AppError("environment_taken", "taken meanwhile", { cause });
      throw cause;
    });
}

async function insertConsent(
  tx: RequestTransaction,
  { draft, picked }: Submission,
  requestId: string,
): Promise<void> {
  // The one who accepted may be another person than the one who submits.
  const { acceptedBy } = await getPreparation(tx, draft.id);
  await tx.insert(termsAcceptances).values({
    accountId: draft.accountId,
    partnerId: draft.partnerId,
    requestId,
    specificationId: draft.specificationId,
    contentHash: draft.contentHash,
    language: draft.language,
    structureHash: draft.structureHash,
    languageHash: draft.languageHash,
    acceptedBy: draft.acceptedBy,
    acceptedEmail: acceptedBy ?? "",
    acceptedAt: draft.acceptedAt,
    environments: picked.map((option) => ({
      externalId: option.externalId,
      name: option.name ?? option.externalId,
    })),
  });
}
