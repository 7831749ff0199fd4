import { eq } from "drizzle-orm";
import {
  apiKeys,
  integrations,
  partners,
  specificationReviews,
  specifications,
  webhookEndpoints,
} from "@/db/schema";
import { renderPartnerNoticeMail } from "@/emails/partner-notice-mail";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { DISABLED_AFTER_MS } from "@/lib/partner/webhook/rules";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** An endpoint whose attempts fail, or that was disabled. null once an attempt succeeded or the endpoint is gone. */
export async function composeWebhookNotice(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const [row] = await asSystem(context, "compose mail", (tx) =>
    tx
      .select({ endpoint: webhookEndpoints, partner: partners.name })
      .from(webhookEndpoints)
      .innerJoin(partners, eq(partners.id, webhookEndpoints.partnerId))
      .where(eq(webhookEndpoints.failingId, mail.subjectId)),
  );
  if (!row?.endpoint.failingSince) return null;
  const { endpoint, partner } = row;
  const { failingSince } = row.endpoint;
  const isDisabled = mail.kind === "webhook_disabled";
  // A mail that was late: what it says is no longer so.
  if (isDisabled !== (endpoint.state === "disabled")) return null;
  const locale = localeOf(mail);
  const words = createMailWords(locale);
  const until = new Date(failingSince.getTime() + DISABLED_AFTER_MS);
  return renderPartnerNoticeMail({
    locale,
    words,
    kind: isDisabled ? "webhookDisabled" : "webhookFailing",
    values: {
      url: endpoint.url,
      host: new URL(endpoint.url).host,
      since: formatMoment(locale, failingSince),
      until: formatMoment(locale, until),
      because: endpoint.disabledBecause ?? "failing",
    },
    facts: [
      [words("partnerMail.endpoint"), endpoint.id],
      [words("partnerMail.stage"), endpoint.stage],
    ],
    partner,
    host: new URL(context.publicUrl).host,
  });
}

const DAYS: Record<string, number> = { api_key_expires_30: 30, api_key_expires_10: 10, api_key_expires_1: 1 };

/** A key that is about to end. null once it was revoked or given another end. */
export async function composeKeyExpires(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const [row] = await asSystem(context, "compose mail", (tx) =>
    tx
      .select({ key: apiKeys, partner: partners.name })
      .from(apiKeys)
      .innerJoin(partners, eq(partners.id, apiKeys.partnerId))
      .where(eq(apiKeys.id, mail.subjectId)),
  );
  if (!row?.key.expiresAt || row.key.revokedAt !== null || row.key.expiresAt <= new Date()) return null;
  const locale = localeOf(mail);
  const words = createMailWords(locale);
  return renderPartnerNoticeMail({
    locale,
    words,
    kind: "keyExpires",
    values: {
      name: row.key.name,
      prefix: row.key.prefix,
      deadline: formatMoment(locale, row.key.expiresAt),
      when: words("partnerMail.when", { days: DAYS[mail.kind] ?? 1 }),
    },
    facts: [[words("partnerMail.stage"), row.key.stage]],
    partner: row.partner,
    host: new URL(context.publicUrl).host,
  });
}

const REVIEW_NOTICES: Record<
  string,
  "specificationApproved" | "specificationRejected" | "specificationPublished" | "specificationNotPublished"
> = {
  specification_approved: "specificationApproved",
  specification_rejected: "specificationRejected",
  specification_published: "specificationPublished",
  specification_not_published: "specificationNotPublished",
};

/** What was decided about a submitted version, or became of it at the time that was set. null once the partner took it back. */
export async function composeReviewDecided(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const [row] = await asSystem(context, "compose mail", (tx) =>
    tx
      .select({
        version: specifications.version,
        state: specifications.state,
        content: specifications.content,
        slug: integrations.slug,
        partner: partners.name,
        partnerSlug: partners.slug,
        review: specificationReviews,
      })
      .from(specificationReviews)
      .innerJoin(specifications, eq(specifications.id, specificationReviews.specificationId))
      .innerJoin(integrations, eq(integrations.id, specificationReviews.integrationId))
      .innerJoin(partners, eq(partners.id, specificationReviews.partnerId))
      .where(eq(specificationReviews.specificationId, mail.subjectId)),
  );
  if (row?.review.decidedAt == null || row.state === "withdrawn") return null;
  const isDecision = ["specification_approved", "specification_rejected"].includes(mail.kind);
  const locale = localeOf(mail);
  const words = createMailWords(locale);
  const fieldWords = (field: string): string => {
    const key = `specification.fields.${field}`;
    return words("partnerMail.commentTo", { field: words.has(key) ? words(key) : field });
  };
  return renderPartnerNoticeMail({
    locale,
    words,
    kind: REVIEW_NOTICES[mail.kind] ?? "specificationRejected",
    values: {
      version: row.version,
      integration: readMain(row.content).name,
      reason: row.review.reason ?? "",
      at: row.review.publishAt ? formatMoment(locale, row.review.publishAt) : "",
      url: `${context.publicUrl}/partner/${row.partnerSlug}/integrations/${row.slug}`,
    },
    facts: isDecision
      ? Object.entries(row.review.comments).map(([field, comment]) => [fieldWords(field), comment] as const)
      : [],
    partner: row.partner,
    host: new URL(context.publicUrl).host,
  });
}
