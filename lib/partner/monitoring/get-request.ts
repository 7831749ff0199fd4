import { eq, sql } from "drizzle-orm";
import { activationRequests } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { outcomeOf } from "@/lib/activation/request/outcome";
import { isRetryable } from "@/lib/activation/request/rules";
import { listChosen } from "@/lib/activation/settings/rules";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readMain } from "@/lib/catalogue/integration/read-content";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { maskEmail } from "@/lib/core/mask-email";
import { mayAsRole } from "@/lib/partner/organization/roles";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { type RequestRows, readRows } from "./read-request-rows";
import { latestDeadline, listExtensions } from "./rules";
import type { EnvironmentView, PartnerRequestDetails, RequestMail } from "./schema";

type Partner = ScopedTransaction<"partner">;

function environmentOf(
  { activation, connection }: RequestRows["environments"][number],
  holds: RequestRows["holds"],
): EnvironmentView {
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
      holds: hasEnded ? [] : (holds.get(connection.id) ?? []),
      canEnd: !hasEnded && activation.state !== "activating",
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

function answersOf(content: ShownContent, answers: Record<string, string> | null) {
  if (content.partnerSteps.kind !== "form" || !answers) return [];
  return content.partnerSteps.fields.flatMap(({ name, label, choices }) => {
    const value = answers[name];
    if (value === undefined || value === "") return [];
    return [{ label, value: choices.find((choice) => choice.value === value)?.label ?? value }];
  });
}

/** When the consent of a request ends at the vendor; null where none does. */
export async function findConsentEnd(tx: Partner, requestId: string): Promise<Date | null> {
  const [row] = await tx.execute<{ end: string | null }>(
    sql`select kytkin.consent_end(${requestId})::text as end`,
  );
  return row?.end ? new Date(row.end) : null;
}

/** Whether the customer was asked to try again, or has submitted anew. */
export async function wasRetryAsked(
  tx: Partner,
  { id, retryAskedAt }: Pick<typeof activationRequests.$inferSelect, "id" | "retryAskedAt">,
): Promise<boolean> {
  if (retryAskedAt !== null) return true;
  const later = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(eq(activationRequests.retryOf, id))
    .limit(1);
  return later.length > 0;
}

async function findExtensions(
  tx: Partner,
  { id, state, deadlineAt }: RequestRows["request"],
): Promise<PartnerRequestDetails["extensions"]> {
  const now = new Date();
  if (state !== "awaiting_partner" || deadlineAt <= now) return [];
  return listExtensions(deadlineAt, latestDeadline(await findConsentEnd(tx, id), now)).map((one) => ({
    ...one,
    at: one.at.toISOString(),
  }));
}

/** One request with its companies and all that happened. Throws `not_found` for another partner's. */
export async function getRequestDetails(
  tx: Partner,
  member: PartnerMember,
  requestId: string,
): Promise<PartnerRequestDetails> {
  const rows = await readRows(tx, requestId);
  const { request } = rows;
  const content = readMain(rows.content);
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
    extensions: await findExtensions(tx, request),
    partnerSteps: content.partnerSteps.kind,
    formAnswers: mayContact ? answersOf(content, request.formAnswers) : [],
    settings: listChosen(content, request.settings),
    environments: rows.environments.map((row) => environmentOf(row, rows.holds)),
    mails: rows.mails.map(mailOf),
    retryableCount:
      request.settledAt === null || (await wasRetryAsked(tx, request))
        ? 0
        : rows.environments.filter(({ activation }) => isRetryable(activation)).length,
  };
}
