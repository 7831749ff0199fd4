import { eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  integrations,
  offboardings,
  partners,
  specifications,
  users,
} from "@/db/schema";
import { type EndedConnection, renderConnectionsEndedMail } from "@/emails/connections-ended-mail";
import { renderConnectionsEndedPartnerMail } from "@/emails/connections-ended-partner-mail";
import { renderEndedKeyUsedMail } from "@/emails/ended-key-used-mail";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { Locale } from "@/lib/core/locales";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** Everything that was asked to end at the same time, as it stands now. */
async function readAsking(context: WorkerContext, askId: string, locale: Locale) {
  return asSystem(context, "compose mail", async (tx) => {
    const rows = await tx
      .select({
        offboarding: offboardings,
        activation: activations,
        content: specifications.content,
        connector: integrations.connector,
        partner: partners.name,
        askedByEmail: users.email,
      })
      .from(offboardings)
      .innerJoin(connections, eq(connections.id, offboardings.connectionId))
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
      .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .innerJoin(partners, eq(partners.id, connections.partnerId))
      .leftJoin(users, eq(users.id, offboardings.askedByUser))
      .where(eq(offboardings.askId, askId))
      .orderBy(activations.environmentName, activations.externalId);
    return rows.map((row) => ({ ...row, content: readShown(row.content, locale) }));
  });
}
type Ended = Awaited<ReturnType<typeof readAsking>>[number];

const keyStateOf = ({ offboarding }: Ended): EndedConnection["key"] =>
  offboarding.outcome === "proven_dead" && offboarding.keyFate !== "removed" ? "dead" : offboarding.keyFate;

/** To the customer: what ended, and what is left to do in the vendor system. */
export async function composeConnectionsEnded(
  context: WorkerContext,
  mail: MailRow,
): Promise<Composed | null> {
  const locale = localeOf(mail);
  const rows = await readAsking(context, mail.subjectId, locale);
  const [first] = rows;
  if (!first) return null;
  const path = rows.length === 1 ? `/connections/${first.offboarding.connectionId}` : "/home";
  const rendered = renderConnectionsEndedMail({
    locale,
    words: createMailWords(locale),
    askedBy: first.offboarding.askedBy,
    askedByEmail: first.askedByEmail ?? "",
    reason: first.offboarding.reason,
    partner: first.partner,
    support: first.content.support.email,
    url: `${context.publicUrl}${path}`,
    connections: rows.map((row) => ({
      name: row.activation.environmentName,
      businessId: row.activation.businessId,
      integration: row.content.name,
      connector: connectorOf(row.connector),
      username: row.content.technicalUser.username,
      key: keyStateOf(row),
    })),
  });
  return { ...rendered, replyTo: first.content.support.email };
}

/** To the partner: which connections, by their ids. It names no customer. */
export async function composeConnectionsEndedPartner(
  context: WorkerContext,
  mail: MailRow,
): Promise<Composed | null> {
  const rows = await readAsking(context, mail.subjectId, DEFAULT_LOCALE);
  const [first] = rows;
  if (!first) return null;
  return renderConnectionsEndedPartnerMail({
    locale: DEFAULT_LOCALE,
    words: createMailWords(DEFAULT_LOCALE),
    askedBy: first.offboarding.askedBy,
    reason: first.offboarding.reason,
    host: new URL(context.publicUrl).host,
    connections: rows.map((row) => ({
      id: row.offboarding.connectionId,
      integration: row.content.name,
      connector: connectorOf(row.connector).name,
      key: keyStateOf(row),
    })),
  });
}

/** To the customer by its company, to the partner by the connection's id: it was used although it had ended. */
export async function composeEndedKeyUsed(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const isToPartner = mail.kind === "ended_key_used_partner";
  const locale = isToPartner ? DEFAULT_LOCALE : localeOf(mail);
  const [row] = await asSystem(context, "compose mail", (tx) =>
    tx
      .select({
        offboarding: offboardings,
        company: activations.environmentName,
        content: specifications.content,
        connector: integrations.connector,
        partner: partners.name,
      })
      .from(offboardings)
      .innerJoin(connections, eq(connections.id, offboardings.connectionId))
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
      .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .innerJoin(partners, eq(partners.id, connections.partnerId))
      .where(eq(offboardings.connectionId, mail.subjectId)),
  );
  if (!row?.offboarding.keyUse || !row.offboarding.keyUsedAt) return null;
  const content = readShown(row.content, locale);
  return renderEndedKeyUsedMail({
    locale,
    words: createMailWords(locale),
    to: isToPartner ? "partner" : "customer",
    use: row.offboarding.keyUse,
    values: {
      what: isToPartner ? row.offboarding.connectionId : row.company,
      integration: content.name,
      partner: row.partner,
      connector: connectorOf(row.connector).name,
      time: formatMoment(locale, row.offboarding.keyUsedAt),
    },
    url: isToPartner ? null : `${context.publicUrl}/connections/${row.offboarding.connectionId}`,
    host: new URL(context.publicUrl).host,
  });
}
