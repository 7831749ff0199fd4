import { and, desc, eq, lt, sql } from "drizzle-orm";
import { activationLinks, integrations, linkOpenings, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { LinkKind } from "@/lib/catalogue/link/schema";
import { AppError } from "@/lib/core/app-error";
import { listIntegrations } from "@/lib/partner/organization/queries";
import type { LinkDetails, LinkRow, LinkState } from "./schema";

type Partner = ScopedTransaction<"partner">;
const PAGE = 25;

function selectLinks(tx: Partner) {
  return tx
    .select({
      link: activationLinks,
      stage: integrations.stage,
      uses: sql<number>`(select u.used from kytkin.link_uses(${activationLinks.id}) u)`,
      reserved: sql<number>`(select u.reserved from kytkin.link_uses(${activationLinks.id}) u)`,
    })
    .from(activationLinks)
    .innerJoin(integrations, eq(integrations.id, activationLinks.integrationId))
    .$dynamic();
}
type Selected = Awaited<ReturnType<typeof selectLinks>>[number];

function stateOf({ link, uses }: Selected): LinkState {
  if (link.withdrawnAt) return "withdrawn";
  if (link.maxUses !== null && uses >= link.maxUses) return "used_up";
  return link.expiresAt && link.expiresAt <= new Date() ? "expired" : "live";
}

function toRow(found: Selected, names: ReadonlyMap<string, string>): LinkRow {
  const { link, stage, uses } = found;
  return {
    id: link.id,
    kind: link.kind,
    label: link.label,
    integrationName: names.get(link.integrationId) ?? "",
    stage,
    campaign: link.campaign,
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt?.toISOString() ?? null,
    uses,
    maxUses: link.maxUses,
    state: stateOf(found),
  };
}

const namesOf = async (tx: Partner): Promise<ReadonlyMap<string, string>> =>
  new Map((await listIntegrations(tx)).map(({ id, name }) => [id, name]));

/** A page of links or link sessions, the newest first. */
export async function listLinkRows(
  tx: Partner,
  query: { kind: LinkKind; integration?: string | undefined; before?: string | undefined },
): Promise<{ rows: LinkRow[]; nextCursor: string | null }> {
  const found = await selectLinks(tx)
    .where(
      and(
        eq(activationLinks.kind, query.kind),
        query.integration ? eq(activationLinks.integrationId, query.integration) : undefined,
        query.before ? lt(activationLinks.id, query.before) : undefined,
      ),
    )
    .orderBy(desc(activationLinks.id))
    .limit(PAGE + 1);
  const names = await namesOf(tx);
  const rows = found.slice(0, PAGE).map((row) => toRow(row, names));
  return { rows, nextCursor: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

/** One link with its figures, and what its customers may choose. Throws `not_found`. */
export async function getLinkDetails(tx: Partner, id: string, publicUrl: string): Promise<LinkDetails> {
  const [found] = await selectLinks(tx).where(eq(activationLinks.id, id));
  if (!found) throw new AppError("not_found", "link");
  const { link, reserved } = found;
  const [opened] = await tx.select().from(linkOpenings).where(eq(linkOpenings.linkId, id));
  const [figures] = await tx.execute<{ accepted: number; submitted: number; active: number }>(
    sql`select accepted, submitted, active from kytkin.link_figures(${id}::uuid)`,
  );
  const content = await findPublished(tx, link.integrationId);
  return {
    ...toRow(found, await namesOf(tx)),
    url: new URL(`/a/${link.token}`, publicUrl).href,
    language: link.language,
    reserved,
    customerRef: link.customerRef,
    email: link.email,
    businessIds: link.businessIds,
    returnUrl: link.returnUrl,
    figures: {
      openings: opened?.count ?? 0,
      lastOpenedAt: opened?.lastAt.toISOString() ?? null,
      accepted: figures?.accepted ?? 0,
      submitted: figures?.submitted ?? 0,
      active: figures?.active ?? 0,
    },
    settings: content?.settings ?? [],
    settingsLanguage: content?.languages.settings ?? "und",
    prefilled: link.settings,
  };
}

async function findPublished(tx: Partner, integrationId: string) {
  const [row] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .where(and(eq(specifications.integrationId, integrationId), eq(specifications.state, "published")));
  return row ? readShown(row.content, "en") : null;
}
