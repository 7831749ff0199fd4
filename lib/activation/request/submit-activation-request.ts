import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import {
  activationRequests,
  activations,
  capLocks,
  drafts,
  grants,
  requestConsents,
  termsAcceptances,
} from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { consentOf, listConsentsOfDraft } from "@/lib/activation/draft/consents";
import {
  type DraftRow,
  findChangesUnderDraft,
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

type SubmittedGrant = {
  id: string;
  expiresAt: Date | null;
  connector: string;
  stage: string;
  keysFrom: KeysFrom;
};

type Submission = {
  viewer: Viewer;
  draft: DraftRow;
  integration: IntegrationView;
  /** The consents that what is picked came from. */
  grants: SubmittedGrant[];
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
  const consent = consentOf(await listConsentsOfDraft(tx, draft.id), new Date());
  if (consent.state !== "open") throw new AppError("gone", "the consent at the vendor is not open");
  const specification = await getAcceptedSpecification(tx, draft);
  const { options, picked, room, isSaved, hasLostPick, lapsed } = await listPicked(
    tx,
    draft,
    consent,
    specification.content.cap,
  );
  if (lapsed.length > 0) throw new AppError("gone", "the consent for a picked environment has lapsed");
  // All that was shown or nothing: what was lost is not left out silently.
  if (hasLostPick) throw new AppError("environment_taken", "a picked environment cannot be picked any more");
  if (!isSaved || picked.length === 0) throw new AppError("invalid_input", "nothing is picked");
  if (picked.length > room) throw new AppError("cap_exceeded", `${picked.length} of ${room}`);
  const settings = chosenFor(specification.content.settings, draft.settings);
  if (settings === null) throw new AppError("invalid_input", "settings");
  if (await isBlockedByPreflight(tx, picked))
    throw new AppError("checks_failed", "an environment lacks what the integration needs");
  const used = await listGrantsOf(tx, picked);
  assertTimeToDecide(specification.content, firstExpiryAtVendor(used));

  const submission = { viewer, draft, integration, grants: used, picked, settings };
  const requestId = await insertRequest(tx, submission);
  await takeGrants(tx, submission, requestId, consent.grantIds);
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

async function listGrantsOf(
  tx: RequestTransaction,
  picked: readonly EnvironmentOption[],
): Promise<SubmittedGrant[]> {
  const ids = new Set(picked.map(({ grantId }) => grantId));
  return tx
    .select({
      id: grants.id,
      expiresAt: grants.expiresAt,
      connector: grants.connector,
      stage: grants.stage,
      keysFrom: grants.keysFrom,
    })
    .from(grants)
    .where(inArray(grants.id, [...ids]))
    .orderBy(grants.id);
}

async function insertRequest(
  tx: RequestTransaction,
  { viewer, draft, integration, grants, settings }: Submission,
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
    linkToken: draft.linkToken,
    customerRef: await findCustomerRef(tx, draft.linkToken),
    state: requestMachine.advance(null, submitEvent(content.partnerSteps)),
    submittedBy: viewer.userId,
    notifiedEmail: viewer.email,
    locale: viewer.locale,
    submittedAt: now,
    deadlineAt: decisionDeadline(now, content.decisionTimeoutSeconds, firstExpiryAtVendor(grants)),
    retryOf: draft.retryOf,
    settings: content.settings.length > 0 ? settings : null,
  });
  const drafted = await tx
    .update(drafts)
    .set({ state: draftMachine.advance("open", "submit"), updatedAt: now })
    .where(and(eq(drafts.id, draft.id), eq(drafts.state, "open")))
    .returning({ id: drafts.id });
  if (drafted.length === 0) throw new AppError("conflict", "submitted already");
  return requestId;
}

/** What was consented to and is not picked, such as a company that another account took meanwhile, is given back. */
async function takeGrants(
  tx: RequestTransaction,
  { draft, grants: used }: Submission,
  requestId: string,
  openGrantIds: readonly string[],
): Promise<void> {
  const ids = used.map(({ id }) => id);
  const updated = await tx
    .update(grants)
    .set({ state: grantMachine.advance("open", "submit"), updatedAt: new Date() })
    .where(and(inArray(grants.id, ids), eq(grants.state, "open")))
    .returning({ id: grants.id });
  if (updated.length < ids.length) throw new AppError("conflict", "submitted already");
  const { partnerId, accountId } = draft;
  await tx
    .insert(requestConsents)
    .values(ids.map((grantId) => ({ grantId, requestId, partnerId, accountId })));
  for (const grantId of openGrantIds)
    if (!ids.includes(grantId)) await enqueueEvent(tx, "grant/release.wanted", { grantId });
}

/** The first end of what waits at the vendor: keys that are here already do not end while the partner decides. */
function firstExpiryAtVendor(grants: readonly SubmittedGrant[]): Date | null {
  const ends = grants.flatMap(({ keysFrom, expiresAt }) =>
    keysFrom === "decision" && expiresAt !== null ? [expiresAt.getTime()] : [],
  );
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

async function insertActivations(
  tx: RequestTransaction,
  submission: Submission,
  requestId: string,
): Promise<void> {
  const { draft, integration, picked } = submission;
  const grantOf = new Map(submission.grants.map((grant) => [grant.id, grant]));
  const state = activationMachine.advance(null, submitEvent(integration.specification.content.partnerSteps));
  const rows = [];
  for (const option of picked) {
    const grant = grantOf.get(option.grantId);
    if (grant === undefined) throw new AppError("not_found", "consent");
    const [environment] = await tx.execute<{ id: string }>(
      sql`select kytkin.environment_id(${grant.connector}, ${grant.stage}, ${option.externalId}, ${uuidv7()}) as id`,
    );
    if (!environment) throw new AppError("not_found", "environment");
    rows.push({
      requestId,
      grantId: grant.id,
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
