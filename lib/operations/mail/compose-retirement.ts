import { and, eq, sql } from "drizzle-orm";
import {
  connections,
  integrations,
  outboxMails,
  partners,
  retirementNotices,
  retirements,
  specifications,
} from "@/db/schema";
import { renderRetirementMail } from "@/emails/retirement-mail";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { formatDay } from "@/lib/platform/i18n/dates";
import { createMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

const KINDS = {
  integration_retires: "retires",
  integration_retires_soon: "soon",
  integration_stays: "stays",
} as const;

/**
 * To an account, about the end of an integration. null when what it would say is not so any more: it was taken back, or nothing of the
 * account's is left to end. That it was taken back is said to who got the first mail.
 */
export async function composeRetirement(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const locale = localeOf(mail);
  const kind = KINDS[mail.kind as keyof typeof KINDS];
  const found = await asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({
        retirement: retirements,
        content: specifications.content,
        connector: integrations.connector,
        partner: partners.name,
        count: sql<number>`(select count(*)::int from ${connections} where ${connections.integrationId} = ${retirements.integrationId}
          and ${connections.accountId} = ${retirementNotices.accountId} and ${connections.state} in ('active', 'needs_attention'))`,
      })
      .from(retirementNotices)
      .innerJoin(retirements, eq(retirements.id, retirementNotices.retirementId))
      .innerJoin(integrations, eq(integrations.id, retirements.integrationId))
      .innerJoin(partners, eq(partners.id, retirements.partnerId))
      .innerJoin(
        specifications,
        and(
          eq(specifications.integrationId, retirements.integrationId),
          eq(specifications.state, "published"),
        ),
      )
      .where(eq(retirementNotices.id, mail.subjectId));
    const told = await tx
      .select({ id: outboxMails.id })
      .from(outboxMails)
      .where(
        and(
          eq(outboxMails.subjectId, mail.subjectId),
          eq(outboxMails.kind, "integration_retires"),
          eq(outboxMails.state, "sent"),
        ),
      );
    return row && { ...row, wasTold: told.length > 0 };
  });
  if (!found || found.count === 0) return null;
  const { retirement, count } = found;
  if (kind === "stays" ? !retirement.withdrawnAt || !found.wasTold : retirement.withdrawnAt) return null;
  const content = readShown(found.content, locale);
  const { replacementName: name, replacementUrl } = retirement;
  return {
    ...renderRetirementMail({
      locale,
      words: createMailWords(locale),
      kind,
      values: {
        integration: content.name,
        partner: found.partner,
        connector: connectorOf(found.connector).name,
        count,
        day: formatDay(locale, retirement.endsOn),
        support: content.support.email,
      },
      note: retirement.note,
      replacement: name && replacementUrl ? { name, url: replacementUrl } : null,
      url: `${context.publicUrl}/home`,
      host: new URL(context.publicUrl).host,
    }),
    replyTo: content.support.email,
  };
}
