import { and, eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  grants,
  integrations,
  partners,
  specifications,
  users,
} from "@/db/schema";
import { renderClaimNeedsInitiatorMail } from "@/emails/claim-needs-initiator-mail";
import { renderRequestAwaitsPartnerMail } from "@/emails/request-awaits-partner-mail";
import { renderRequestSettledMail } from "@/emails/request-settled-mail";
import { renderRetryAskedMail } from "@/emails/retry-asked-mail";
import { mintConfirmToken } from "@/lib/activation/grant/confirm-initiator";
import { outcomeOf } from "@/lib/activation/request/outcome";
import { isRetryable } from "@/lib/activation/request/rules";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createFlowMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { composeDigest } from "./compose-digest";
import { composeEmailChange, composeEmailChanged } from "./compose-email-change";
import {
  composeConnectionsEnded,
  composeConnectionsEndedPartner,
  composeEndedKeyUsed,
} from "./compose-end-mails";
import { composeInvitation } from "./compose-invitation";
import { composePartnerApplication, composePartnerInvitation } from "./compose-partner-mails";
import { composeKeyExpires, composeReviewDecided, composeWebhookNotice } from "./compose-partner-notices";
import { composeRetirement } from "./compose-retirement";
import { composeUpdate } from "./compose-update";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** Writes a queued mail from the rows it is about, as they are now. null when there is nothing left to say. */
export function composeMail(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const isOfEnd = ["request_settled", "request_recovered", "request_key_found"].some((kind) =>
    mail.kind.startsWith(kind),
  );
  if (isOfEnd) return composeRequestSettled(context, mail);
  if (mail.kind === "invitation") return composeInvitation(context, mail);
  if (mail.kind === "email_change") return composeEmailChange(context, mail);
  if (mail.kind === "email_changed") return composeEmailChanged(context, mail);
  if (mail.kind === "request_awaits_partner") return composeRequestAwaitsPartner(context, mail);
  if (mail.kind === "partner_invitation") return composePartnerInvitation(context, mail);
  if (mail.kind.startsWith("partner_application")) return composePartnerApplication(context, mail);
  if (mail.kind === "connections_ended") return composeConnectionsEnded(context, mail);
  if (mail.kind === "connections_ended_partner") return composeConnectionsEndedPartner(context, mail);
  if (mail.kind === "partner_digest") return composeDigest(context, mail);
  if (mail.kind.startsWith("ended_key_used")) return composeEndedKeyUsed(context, mail);
  if (mail.kind.startsWith("webhook_")) return composeWebhookNotice(context, mail);
  if (mail.kind.startsWith("api_key_expires_")) return composeKeyExpires(context, mail);
  if (mail.kind === "retry_asked") return composeRetryAsked(context, mail);
  if (mail.kind.startsWith("update_")) return composeUpdate(context, mail);
  if (mail.kind.startsWith("integration_")) return composeRetirement(context, mail);
  if (mail.kind.startsWith("specification_")) return composeReviewDecided(context, mail);
  return composeClaimNeedsInitiator(context, mail);
}

async function readRequest(context: WorkerContext, mail: MailRow) {
  const requestId = mail.subjectId;
  return asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({
        request: activationRequests,
        content: specifications.content,
        partner: partners.name,
        partnerSlug: partners.slug,
        connector: integrations.connector,
      })
      .from(activationRequests)
      .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
      .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
      .innerJoin(partners, eq(partners.id, activationRequests.partnerId))
      .where(eq(activationRequests.id, requestId));
    if (!row) return null;
    const environments = await tx
      .select({ activation: activations, attention: connections.attention })
      .from(activations)
      .leftJoin(connections, eq(connections.activationId, activations.id))
      .where(eq(activations.requestId, requestId))
      .orderBy(activations.environmentName, activations.externalId);
    return { ...row, content: readShown(row.content, localeOf(mail)), environments };
  });
}

async function composeRequestSettled(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const row = await readRequest(context, mail);
  if (!row) return null;
  const locale = localeOf(mail);
  const rendered = renderRequestSettledMail({
    locale,
    words: createFlowMailWords(locale),
    integration: row.content.name,
    partner: row.partner,
    isCopy: mail.kind.endsWith("_copy"),
    takesBack: takesBack(mail.kind),
    connector: connectorOf(row.connector).name,
    support: row.content.support.email,
    statusUrl: `${context.publicUrl}/requests/${mail.subjectId}`,
    acceptanceUrl: `${context.publicUrl}/requests/${mail.subjectId}/acceptance`,
    environments: row.environments.map(({ activation, attention }) => ({
      name: activation.environmentName,
      businessId: activation.businessId,
      state: stateKey(activation, attention),
      reason: activation.rejectionReason,
    })),
  });
  return { ...rendered, replyTo: row.content.support.email };
}

/** What an earlier mail said of the request and is no longer so. */
function takesBack(kind: string): "doubt" | "failure" | null {
  if (kind.startsWith("request_recovered")) return "doubt";
  return kind === "request_key_found" ? "failure" : null;
}

function stateKey(activation: typeof activations.$inferSelect, attention: string | null): string {
  const state = outcomeOf({ ...activation, hasEnded: false });
  if (attention === "preparation_pending" || attention === "not_prepared") return "active_not_ready";
  if (state === "active")
    return attention && attention !== "verification_pending" ? "active_attention" : "active";
  return ["rejected", "timed_out", "failed", "unknown", "cancelled"].includes(state) ? state : "other";
}

/** null once nothing is left to retry, or the customer has begun anew. */
async function composeRetryAsked(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const row = await readRequest(context, mail);
  const left = row?.environments.filter(({ activation }) => isRetryable(activation)) ?? [];
  if (!row || row.request.settledAt === null || left.length === 0) return null;
  const wasRetried = await asSystem(context, "compose mail", (tx) =>
    tx
      .select({ id: activationRequests.id })
      .from(activationRequests)
      .where(eq(activationRequests.retryOf, mail.subjectId))
      .limit(1),
  );
  if (wasRetried.length > 0) return null;
  const locale = localeOf(mail);
  const support = row.content.support.email;
  return {
    ...renderRetryAskedMail({
      locale,
      words: createFlowMailWords(locale),
      values: { integration: row.content.name, partner: row.partner, support },
      environments: left.map(({ activation }) => ({
        name: activation.environmentName,
        businessId: activation.businessId,
        state: stateKey(activation, null),
      })),
      statusUrl: `${context.publicUrl}/requests/${mail.subjectId}`,
    }),
    replyTo: support,
  };
}

async function composeRequestAwaitsPartner(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const row = await readRequest(context, mail);
  if (row?.request.state !== "awaiting_partner") return null;
  return renderRequestAwaitsPartnerMail({
    locale: localeOf(mail),
    words: createFlowMailWords(localeOf(mail)),
    requestId: mail.subjectId,
    integration: row.content.name,
    count: row.environments.length,
    deadline: formatMoment(localeOf(mail), row.request.deadlineAt),
    requestUrl: `${context.publicUrl}/partner/${row.partnerSlug}/requests/${mail.subjectId}`,
  });
}

async function composeClaimNeedsInitiator(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const locale = localeOf(mail);
  const found = await asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({
        grant: grants,
        claimant: users.email,
        integration: integrations,
        content: specifications.content,
      })
      .from(grants)
      .innerJoin(users, eq(users.id, grants.userId))
      .innerJoin(integrations, eq(integrations.id, grants.integrationId))
      .innerJoin(
        specifications,
        and(eq(specifications.integrationId, integrations.id), eq(specifications.state, "published")),
      )
      .where(eq(grants.id, mail.subjectId));
    if (row?.grant.state !== "awaiting_initiator") return null;
    return { ...row, token: await mintConfirmToken(tx, row.grant.id) };
  });
  if (!found) return null;
  return renderClaimNeedsInitiatorMail({
    locale,
    words: createFlowMailWords(locale),
    claimant: found.claimant,
    integration: readShown(found.content, locale).name,
    connector: connectorOf(found.integration.connector).name,
    confirmUrl: `${context.publicUrl}/connect/confirm?token=${found.token}`,
    deadline: found.grant.expiresAt ? formatMoment(locale, found.grant.expiresAt) : "",
  });
}
