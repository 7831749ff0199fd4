import { asc, eq, inArray } from "drizzle-orm";
import {
  activationRequests,
  activations,
  apiKeys,
  connections,
  integrations,
  offboardingSteps,
  outboxMails,
  requestNotes,
  specifications,
  users,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { outcomeOf } from "@/lib/activation/outcome";
import { isLive } from "@/lib/connection/rules";
import { AppError } from "@/lib/core/app-error";
import { maskEmail } from "@/lib/core/mask-email";
import { connectorOf } from "@/lib/integration/queries";
import { type SpecificationContent, specificationContent } from "@/lib/integration/schema";
import { mayAsRole } from "@/lib/partner/roles";
import type { PartnerMember } from "@/lib/partner/schema";
import { listChosen } from "@/lib/settings/rules";
import { buildTimeline } from "./build-timeline";
import type { EnvironmentView, PartnerRequestDetails, RequestMail } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** What a request's page and its timeline are made of, as rows. */
export type RequestRows = Awaited<ReturnType<typeof readRows>>;

async function readRows(tx: Partner, requestId: string) {
  const [row] = await tx
    .select({
      request: activationRequests,
      content: specifications.content,
      version: specifications.version,
      connector: integrations.connector,
      stage: integrations.stage,
    })
    .from(activationRequests)
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .where(eq(activationRequests.id, requestId));
  if (!row) throw new AppError("not_found", "activation request");
  const environments = await tx
    .select({ activation: activations, connection: connections })
    .from(activations)
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .where(eq(activations.requestId, requestId))
    .orderBy(asc(activations.environmentName), asc(activations.externalId));
  const connectionIds = environments.flatMap(({ connection }) => (connection ? [connection.id] : []));
  return {
    ...row,
    environments,
    steps: connectionIds.length
      ? await tx.select().from(offboardingSteps).where(inArray(offboardingSteps.connectionId, connectionIds))
      : [],
    mails: await tx
      .select({
        id: outboxMails.id,
        kind: outboxMails.kind,
        recipientMasked: outboxMails.recipientMasked,
        state: outboxMails.state,
        lastTriedAt: outboxMails.lastTriedAt,
        sentAt: outboxMails.sentAt,
        createdAt: outboxMails.createdAt,
      })
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, requestId))
      .orderBy(asc(outboxMails.id)),
    notes: await tx
      .select({
        id: requestNotes.id,
        body: requestNotes.body,
        createdAt: requestNotes.createdAt,
        author: users.email,
      })
      .from(requestNotes)
      .leftJoin(users, eq(users.id, requestNotes.authorId))
      .where(eq(requestNotes.requestId, requestId))
      .orderBy(asc(requestNotes.id)),
    decider: await nameDecider(tx, row.request.decidedBy),
  };
}

/** Who decided, as colleagues know them: an address, or the name of an API key. null for a form, and for former members. */
async function nameDecider(tx: Partner, decidedBy: string | null): Promise<string | null> {
  const [kind, id = ""] = decidedBy?.split(":") ?? [];
  if (kind === "user") {
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, id));
    return user?.email ?? null;
  }
  if (kind !== "api_key") return null;
  const [key] = await tx.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.id, id));
  return key?.name ?? null;
}

function environmentOf({ activation, connection }: RequestRows["environments"][number]): EnvironmentView {
  const hasEnded = connection !== null && !isLive(connection.state);
  return {
    environmentId: activation.environmentId,
    name: activation.environmentName,
    businessId: activation.businessId,
    externalId: activation.externalId,
    outcome: outcomeOf({ ...activation, hasEnded }),
    since: activation.stateSince.toISOString(),
    failureReason: activation.failureReason,
    rejectionReason: activation.rejectionReason,
    vendorAnswer: activation.vendorAnswer,
    connection: connection && {
      id: connection.id,
      state: connection.state,
      attention: connection.attention,
    },
  };
}

const mailOf = (mail: RequestRows["mails"][number]): RequestMail => ({
  id: mail.id,
  kind: mail.kind,
  recipientMasked: mail.recipientMasked ?? "",
  state: mail.state,
  at: (mail.sentAt ?? mail.lastTriedAt ?? mail.createdAt).toISOString(),
});

function answersOf(content: SpecificationContent, answers: Record<string, string> | null) {
  if (content.partnerSteps.kind !== "form" || !answers) return [];
  return content.partnerSteps.fields.flatMap(({ name, label, choices }) => {
    const value = answers[name];
    if (value === undefined || value === "") return [];
    return [{ label, value: choices.find((choice) => choice.value === value)?.label ?? value }];
  });
}

/** One request with its companies and all that happened. Throws `not_found` for another partner's. */
export async function getRequestDetails(
  tx: Partner,
  member: PartnerMember,
  requestId: string,
): Promise<PartnerRequestDetails> {
  const rows = await readRows(tx, requestId);
  const { request } = rows;
  const content = specificationContent.parse(rows.content);
  const mayContact = mayAsRole(member.role, "customers.contact");
  return {
    id: request.id,
    state: request.state,
    partnerName: member.partnerName,
    integrationName: content.name,
    connectorId: rows.connector,
    connectorName: connectorOf(rows.connector).name,
    stage: rows.stage,
    specificationVersion: rows.version,
    submittedAt: request.submittedAt.toISOString(),
    submittedBy: mayContact ? request.notifiedEmail : maskEmail(request.notifiedEmail),
    deadlineAt: request.deadlineAt.toISOString(),
    settledAt: request.settledAt?.toISOString() ?? null,
    partnerSteps: content.partnerSteps.kind,
    formAnswers: mayContact ? answersOf(content, request.formAnswers) : [],
    settings: listChosen(content, request.settings),
    environments: rows.environments.map(environmentOf),
    timeline: buildTimeline(rows),
    mails: rows.mails.map(mailOf),
  };
}
