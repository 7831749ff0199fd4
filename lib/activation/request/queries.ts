import { and, asc, desc, eq, exists, inArray, lt, type SQL, sql } from "drizzle-orm";
import { integrationName } from "@/db/integration-name";
import {
  activationRequests,
  activations,
  connections,
  integrations,
  partners,
  specifications,
  users,
} from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { findPlan } from "@/lib/activation/plan/queries";
import { nextBatchSize } from "@/lib/activation/plan/rules";
import { listChosen } from "@/lib/activation/settings/rules";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import { listEntities } from "@/lib/connection/import/queries";
import { canTakeKey, isLive } from "@/lib/connection/lifecycle/rules";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { FORGOTTEN_RECIPIENT } from "@/lib/people/profile/retention";
import { findRecipient } from "./find-recipient";
import { outcomeOf } from "./outcome";
import { isRetryable, waitingFor } from "./rules";
import type { ActivationView, RequestSummary, RequestView } from "./schema";

/** After this long without its mail a settled request says that the mail is late. */
const MAIL_LATE_MS = 2 * 60 * 1000;

async function readRequest(tx: RequestTransaction, requestId: string, locale: Locale) {
  const [row] = await tx
    .select({
      request: activationRequests,
      content: specifications.content,
      partnerName: partners.name,
      connector: integrations.connector,
      stage: integrations.stage,
      submittedBy: users.email,
      mailState: sql<string | null>`(select state from kytkin.request_mail(${activationRequests.id}))`,
      mailedTo: sql<string | null>`(select recipient from kytkin.request_mail(${activationRequests.id}))`,
      isGuest: sql<boolean>`kytkin.draft_id() is not null`,
    })
    .from(activationRequests)
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(partners, eq(partners.id, activationRequests.partnerId))
    .leftJoin(users, eq(users.id, activationRequests.submittedBy))
    .where(eq(activationRequests.id, requestId));
  if (!row) throw new AppError("not_found", "activation request");
  return { ...row, content: readShown(row.content, locale) };
}

/** One request as its status page shows it to a reader of `locale`. Throws `not_found` outside the account. */
export async function getRequestView(
  tx: RequestTransaction,
  requestId: string,
  locale: Locale,
): Promise<RequestView> {
  const row = await readRequest(tx, requestId, locale);
  const { request, content } = row;
  // A guest sees the request, and none of the account's connections.
  const views = row.isGuest
    ? await listActivationsAlone(tx, requestId)
    : await listActivations(tx as ScopedTransaction<"customer">, requestId);
  const isStepDone = request.formAnswers !== null || request.partnerPageOpenedAt !== null;
  return {
    id: request.id,
    integrationName: content.name,
    partnerName: row.partnerName,
    connectorId: row.connector,
    connectorName: connectorOf(row.connector).name,
    stage: stageOf(row.stage),
    state: request.state,
    waitingFor: waitingFor(request.state, content.partnerSteps, isStepDone),
    waitingSince: (request.decidedAt ?? request.partnerPageOpenedAt ?? request.submittedAt).toISOString(),
    deadlineAt: request.state === "awaiting_partner" ? request.deadlineAt.toISOString() : null,
    submittedAt: request.submittedAt.toISOString(),
    // Who has left the account since is known by the address that the confirmation went to.
    submittedBy: row.submittedBy ?? request.notifiedEmail,
    settledAt: request.settledAt?.toISOString() ?? null,
    settings: listChosen(content, request.settings),
    partnerSteps: content.partnerSteps,
    languages: { partnerSteps: content.languages.partnerSteps, settings: content.languages.settings },
    isPartnerStepDone: isStepDone,
    canCancel: request.state === "awaiting_partner",
    // A retry opens another draft, which was not handed over.
    retryableCount: request.settledAt === null || row.isGuest ? 0 : views.filter(isRetryable).length,
    isGuest: row.isGuest,
    rejectedInARow: await countRejectedInARow(tx, request.integrationId, request.submittedAt),
    linkToken: request.linkToken,
    takesFiles: takesFiles(row.connector, content),
    nextBatch: row.isGuest
      ? null
      : await findNextBatch(tx as ScopedTransaction<"customer">, request, content.cap),
    support: content.support,
    notifiedEmail: knownRecipient(row.mailedTo) ?? (await findMailAddress(tx, request, row.isGuest)),
    mail: mailOf(request, row.mailState),
    activations: views,
  };
}

/** Whether the version lets the customer send files, and there is something that they may hold. */
function takesFiles(connectorId: string, { access, technicalUser }: ShownContent): boolean {
  const rights = technicalUser.rights.map(({ path, level }) => ({ path, asked: level }));
  return access?.includes("files") === true && listEntities({ connectorId, rights }).length > 0;
}

/** Null as well once the recipient was forgotten. */
const knownRecipient = (recipient: string | null): string | null =>
  recipient === FORGOTTEN_RECIPIENT ? null : recipient;

/** What is left of the account's plan for the integration: the next batch, how many are left, of how many. */
async function findNextBatch(
  tx: ScopedTransaction<"customer">,
  { integrationId }: Pick<typeof activationRequests.$inferSelect, "integrationId">,
  cap: number,
): Promise<RequestView["nextBatch"]> {
  const plan = await findPlan(tx, integrationId);
  if (!plan) return null;
  const leftCount = plan.wantedExternalIds.length;
  return { integrationId, count: nextBatchSize(leftCount, cap), leftCount, totalCount: plan.totalCount };
}

function mailOf(
  request: typeof activationRequests.$inferSelect,
  mailState: string | null,
): RequestView["mail"] {
  if (request.state === "cancelled") return "none";
  if (mailState === "sent" || mailState === "failed") return mailState;
  const waitedMs = request.settledAt ? Date.now() - request.settledAt.getTime() : 0;
  return waitedMs > MAIL_LATE_MS ? "delayed" : "not_yet";
}

/** Where the request's mail will go: a guest is told of no member. */
async function findMailAddress(
  tx: RequestTransaction,
  request: typeof activationRequests.$inferSelect,
  isGuest: boolean,
): Promise<string> {
  if (isGuest) return request.notifiedEmail;
  return (
    (await findRecipient(tx as ScopedTransaction<"customer">, request))?.recipient ?? request.notifiedEmail
  );
}

async function listActivationsAlone(tx: RequestTransaction, requestId: string): Promise<ActivationView[]> {
  const rows = await tx
    .select()
    .from(activations)
    .where(eq(activations.requestId, requestId))
    .orderBy(activations.environmentName, activations.externalId);
  return rows.map((activation) => ({ ...toActivationView(activation, null), canTakeKey: false }));
}

async function listActivations(
  tx: ScopedTransaction<"customer">,
  requestId: string,
): Promise<ActivationView[]> {
  const rows = await tx
    .select({
      activation: activations,
      connection: connections,
    })
    .from(activations)
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .where(eq(activations.requestId, requestId))
    .orderBy(activations.environmentName, activations.externalId);
  return rows.map(({ activation, connection }) => toActivationView(activation, connection));
}

function toActivationView(
  activation: typeof activations.$inferSelect,
  connection: typeof connections.$inferSelect | null,
): ActivationView {
  return {
    id: activation.id,
    environmentName: activation.environmentName,
    businessId: activation.businessId,
    state: activation.state,
    since: activation.stateSince.toISOString(),
    failureReason: activation.failureReason,
    rejectionReason: activation.rejectionReason,
    vendorAnswer: activation.vendorAnswer,
    attention: activation.state === "active" ? (connection?.attention ?? null) : null,
    connectionId: activation.state === "active" ? (connection?.id ?? null) : null,
    hasEnded: activation.state === "active" && hasEnded(connection),
    canTakeKey: canTakeKey(activation, connection),
    rightsInQuestion: activation.state === "active" && connection ? rightsInQuestion(connection) : [],
  };
}

function hasEnded(connection: Pick<typeof connections.$inferSelect, "state"> | null): boolean {
  return connection !== null && !isLive(connection.state);
}

function rightsInQuestion({
  attention,
  rightsCheck: check,
}: typeof connections.$inferSelect): ActivationView["rightsInQuestion"] {
  if (attention === "rights_missing")
    return (check?.missing ?? []).map(({ path, asked }) => ({ path, level: asked }));
  if (attention === "rights_surplus")
    return (check?.surplus ?? []).map(({ path, held }) => ({ path, level: held }));
  return [];
}

/** Undecided requests, with their specification, whose next step is the customer's; as `waitingFor` says it of one. */
export function isCustomersTurn(): SQL {
  const kind = sql`${specifications.content} -> 'partnerSteps' ->> 'kind'`;
  const isOpened = sql`${activationRequests.partnerPageOpenedAt} is not null or ${activationRequests.formAnswers} is not null`;
  // The state in words, as the index has it: the planner does not know a parameter's value.
  return sql`(${activationRequests.state} = 'awaiting_partner'
    and (${kind} = 'form' or (${kind} = 'page' and not (${isOpened}))))`;
}

/** How many requests up to this one ended with a rejection, one after the other. */
async function countRejectedInARow(
  tx: RequestTransaction,
  integrationId: string,
  upTo: Date,
): Promise<number> {
  const rejection = tx
    .select({ id: activations.id })
    .from(activations)
    .where(and(eq(activations.requestId, activationRequests.id), eq(activations.state, "rejected")));
  const rows = await tx
    .select({ isRejected: exists(rejection) })
    .from(activationRequests)
    .where(
      and(
        eq(activationRequests.integrationId, integrationId),
        sql`${activationRequests.submittedAt} <= ${upTo.toISOString()}`,
      ),
    )
    .orderBy(desc(activationRequests.submittedAt))
    .limit(10);
  const firstOther = rows.findIndex((row) => !row.isRejected);
  return firstOther === -1 ? rows.length : firstOther;
}

/** The account's requests, newest first, `limit` of them before `cursor` (an id). */
export async function listRequests(
  tx: ScopedTransaction<"customer">,
  page: { cursor?: string; limit: number; locale: Locale },
): Promise<{ requests: RequestSummary[]; nextCursor: string | null }> {
  const rows = await selectSummaries(tx, page.locale)
    // Ids are ordered by time.
    .where(page.cursor ? lt(activationRequests.id, page.cursor) : undefined)
    .orderBy(desc(activationRequests.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return {
    requests: await toSummaries(tx, shown),
    nextCursor: rows.length > page.limit ? (shown.at(-1)?.request.id ?? null) : null,
  };
}

/** Requests whose next step is the customer's, by when it is due. */
export async function listRequestsForCustomer(
  tx: ScopedTransaction<"customer">,
  limit: number,
  locale: Locale,
): Promise<RequestSummary[]> {
  const rows = await selectSummaries(tx, locale)
    .where(isCustomersTurn())
    .orderBy(asc(activationRequests.deadlineAt), asc(activationRequests.id))
    .limit(limit);
  return toSummaries(tx, rows);
}

function selectSummaries(tx: ScopedTransaction<"customer">, locale: Locale) {
  return tx
    .select({
      request: activationRequests,
      name: integrationName(locale),
      partnerName: partners.name,
      connector: integrations.connector,
    })
    .from(activationRequests)
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(partners, eq(partners.id, activationRequests.partnerId))
    .$dynamic();
}

async function toSummaries(
  tx: ScopedTransaction<"customer">,
  rows: Awaited<ReturnType<typeof selectSummaries>>,
): Promise<RequestSummary[]> {
  const counts = await countOutcomes(
    tx,
    rows.map((row) => row.request.id),
  );
  return rows.map(({ request, name, partnerName, connector }) => ({
    id: request.id,
    integrationName: name,
    partnerName,
    connectorName: connectorOf(connector).name,
    state: request.state,
    submittedAt: request.submittedAt.toISOString(),
    deadlineAt: request.state === "awaiting_partner" ? request.deadlineAt.toISOString() : null,
    counts: counts.get(request.id) ?? {},
  }));
}

async function countOutcomes(
  tx: ScopedTransaction<"customer">,
  requestIds: string[],
): Promise<Map<string, RequestSummary["counts"]>> {
  if (requestIds.length === 0) return new Map();
  const rows = await tx
    .select({
      requestId: activations.requestId,
      state: activations.state,
      failureReason: activations.failureReason,
      connection: { state: connections.state },
      count: sql<number>`count(*)::int`,
    })
    .from(activations)
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .where(inArray(activations.requestId, requestIds))
    .groupBy(activations.requestId, activations.state, activations.failureReason, connections.state);
  const counts = new Map<string, RequestSummary["counts"]>();
  for (const { requestId, connection, count, ...row } of rows) {
    const ofRequest = counts.get(requestId) ?? {};
    const outcome = outcomeOf({ ...row, hasEnded: hasEnded(connection) });
    counts.set(requestId, { ...ofRequest, [outcome]: (ofRequest[outcome] ?? 0) + count });
  }
  return counts;
}
