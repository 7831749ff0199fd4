import { and, eq, sql } from "drizzle-orm";
import {
  accountUpdates,
  activations,
  connections,
  integrations,
  partners,
  specifications,
} from "@/db/schema";
import { renderUpdateMail } from "@/emails/update-mail";
import { createFieldWords } from "@/lib/catalogue/integration/field-words";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { Finding } from "@/lib/catalogue/integration/schema";
import { createMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** What a mail names; the page has all of it. */
const MOST_CHANGES = 8;

/**
 * To an account, about a new version: what it asks of all its companies, or what applies already. null when the version is not the
 * published one any more, or when no connection waits for it: somebody was quicker than the mail.
 */
export async function composeUpdate(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const locale = localeOf(mail);
  const isRequired = mail.kind === "update_required";
  const found = await asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({
        update: accountUpdates,
        content: specifications.content,
        connector: integrations.connector,
        partner: partners.name,
      })
      .from(accountUpdates)
      .innerJoin(
        specifications,
        and(eq(specifications.id, accountUpdates.specificationId), eq(specifications.state, "published")),
      )
      .innerJoin(integrations, eq(integrations.id, accountUpdates.integrationId))
      .innerJoin(partners, eq(partners.id, accountUpdates.partnerId))
      .where(eq(accountUpdates.id, mail.subjectId));
    if (!row) return null;
    const { accountId, integrationId, specificationId } = row.update;
    // Required: those that still wait. Announced: those that have followed.
    const from = isRequired
      ? sql`${connections.specificationId}`
      : sql`(select m.from_specification_id from connection_updates m
          where m.connection_id = ${connections.id} and m.specification_id = ${specificationId})`;
    const steps = await tx
      .select({
        findings: sql<Finding[]>`u.findings`,
        count: sql<number>`count(*)::int`,
      })
      .from(connections)
      .innerJoin(
        activations,
        and(eq(activations.id, connections.activationId), eq(activations.state, "active")),
      )
      .innerJoin(
        sql`specification_updates u`,
        sql`u.from_specification_id = ${from} and u.specification_id = ${specificationId}
          and u.verdict = ${isRequired ? "needs_consent" : "announced"}`,
      )
      .where(
        and(
          eq(connections.accountId, accountId),
          eq(connections.integrationId, integrationId),
          sql`${connections.state} not in ('offboarding', 'removed')`,
        ),
      )
      .groupBy(sql`u.findings`);
    return { ...row, steps };
  });
  const count = found?.steps.reduce((sum, step) => sum + step.count, 0) ?? 0;
  if (!found || count === 0) return null;
  const content = readShown(found.content, locale);
  const connector = connectorOf(found.connector);
  const words = createMailWords(locale);
  const fieldWords = createFieldWords(locale, { partner: found.partner, connector });
  const { host } = new URL(context.publicUrl);
  const told = new Map<string, { field: string; said: string }>();
  for (const { field, why, verdict, detail } of found.steps.flatMap(({ findings }) => findings)) {
    if (verdict === "silent") continue;
    const said = words(`updateWhy.${why}`, {
      detail: why === "wider_right" && detail ? fieldWords.right(detail) : (detail ?? ""),
    });
    told.set(`${field} ${said}`, { field: words(`specification.fields.${field}`), said });
  }
  const rendered = renderUpdateMail({
    locale,
    words,
    kind: isRequired ? "required" : "announced",
    values: {
      integration: content.name,
      partner: found.partner,
      connector: connector.name,
      count,
      support: content.support.email,
    },
    changes: [...told.values()].slice(0, MOST_CHANGES),
    url: `${context.publicUrl}/updates/${found.update.id}`,
    host,
  });
  return { ...rendered, replyTo: content.support.email };
}
