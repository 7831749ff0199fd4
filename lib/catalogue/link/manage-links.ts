import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { activationLinks, integrations, retirements, returnAddresses } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { auditActorOf, type PartnerActor } from "@/lib/platform/audit/partner-actor";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { isAllowedReturn } from "./rules";
import type { LinkKind } from "./schema";

type Partner = ScopedTransaction<"partner">;

export type LinkView = {
  id: string;
  integration: string;
  name: string;
  kind: LinkKind;
  campaign: string | null;
  language: string | null;
  /** What the customer opens. */
  url: string;
  maxUses: number | null;
  /** Requests that were submitted through it. */
  uses: number;
  /** Uses that acceptances of the last hour have reserved. */
  reserved: number;
  customerRef: string | null;
  expiresAt: string | null;
  withdrawnAt: string | null;
  createdAt: string;
};

export type NewLink = {
  integration: string;
  name: string;
  campaign: string | null;
  language: string | null;
  expiresAt: Date | null;
  maxUses: number | null;
};
export type LinkChange = Partial<Omit<NewLink, "integration">> & {
  /** What the form of settings begins with, as a browser sends it. */
  settings?: Record<string, string>;
};
export type NewLinkSession = {
  integration: string;
  customerRef: string;
  email: string | null;
  language: string | null;
  businessIds: string[];
  returnUrl: string | null;
};

const SESSION_DAYS = 7;

function selectLinks(tx: Partner) {
  return tx
    .select({
      link: activationLinks,
      slug: integrations.slug,
      uses: sql<number>`(select u.used from kytkin.link_uses(${activationLinks.id}) u)`,
      reserved: sql<number>`(select u.reserved from kytkin.link_uses(${activationLinks.id}) u)`,
    })
    .from(activationLinks)
    .innerJoin(integrations, eq(integrations.id, activationLinks.integrationId))
    .$dynamic();
}

function toView(
  { link, slug, uses, reserved }: Awaited<ReturnType<typeof selectLinks>>[number],
  publicUrl: string,
): LinkView {
  return {
    id: link.id,
    integration: slug,
    name: link.label,
    kind: link.kind,
    campaign: link.campaign,
    language: link.language,
    url: `${publicUrl}/a/${link.token}`,
    maxUses: link.maxUses,
    uses,
    reserved,
    customerRef: link.customerRef,
    expiresAt: link.expiresAt?.toISOString() ?? null,
    withdrawnAt: link.withdrawnAt?.toISOString() ?? null,
    createdAt: link.createdAt.toISOString(),
  };
}

/** Newest first. */
export async function listLinks(
  tx: Partner,
  actor: PartnerActor,
  publicUrl: string,
  query: { limit: number; cursor?: string | undefined; integration?: string | undefined; kind: LinkKind },
): Promise<{ links: LinkView[]; nextCursor: string | null }> {
  const rows = await selectLinks(tx)
    .where(
      and(
        eq(integrations.stage, actor.stage),
        eq(activationLinks.kind, query.kind),
        query.integration ? eq(integrations.slug, query.integration) : undefined,
        query.cursor ? lt(activationLinks.id, query.cursor) : undefined,
      ),
    )
    .orderBy(desc(activationLinks.id))
    .limit(query.limit + 1);
  const shown = rows.slice(0, query.limit);
  return {
    links: shown.map((row) => toView(row, publicUrl)),
    nextCursor: rows.length > query.limit ? (shown.at(-1)?.link.id ?? null) : null,
  };
}

/** Throws `not_found` for another partner's and for another stage's. */
export async function getLink(
  tx: Partner,
  actor: PartnerActor,
  publicUrl: string,
  id: string,
): Promise<LinkView> {
  const [row] = await selectLinks(tx).where(
    and(eq(activationLinks.id, id), eq(integrations.stage, actor.stage)),
  );
  if (!row) throw new AppError("not_found", "link");
  return toView(row, publicUrl);
}

async function getIntegration(tx: Partner, actor: PartnerActor, slug: string): Promise<{ id: string }> {
  const [integration] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(and(eq(integrations.slug, slug), eq(integrations.stage, actor.stage)));
  if (!integration) throw new AppError("not_found", `integration "${slug}"`);
  return integration;
}

/** Those that have no detail. */
type LinkAction = "link.create" | "link.update" | "link.withdraw" | "link_session.create";

const audit = (tx: Partner, actor: PartnerActor, action: LinkAction, id: string): Promise<void> =>
  writeAudit(tx, {
    actor: auditActorOf(actor),
    partnerId: actor.partnerId,
    action,
    subject: { kind: "activation_link", id },
  });

type Values = Omit<
  typeof activationLinks.$inferInsert,
  "integrationId" | "partnerId" | "token" | "tokenHash"
>;
async function insertLink(
  tx: Partner,
  actor: PartnerActor,
  integrationSlug: string,
  values: Values,
): Promise<string> {
  const integration = await getIntegration(tx, actor, integrationSlug);
  const [retirement] = await tx
    .select({ id: retirements.id })
    .from(retirements)
    .where(and(eq(retirements.integrationId, integration.id), isNull(retirements.withdrawnAt)));
  if (retirement) throw new AppError("conflict", "the integration is given up: its links lead nowhere");
  const token = randomToken(16);
  const [row] = await tx
    .insert(activationLinks)
    .values({
      ...values,
      integrationId: integration.id,
      partnerId: actor.partnerId,
      token,
      tokenHash: sha256(token),
    })
    .returning({ id: activationLinks.id });
  if (!row) throw new AppError("conflict", "link");
  return row.id;
}

function assertAhead(expiresAt: Date | null | undefined): void {
  if (expiresAt && expiresAt <= new Date()) throw new AppError("invalid_input", "expiresAt is over already");
}

/** Gives the link's id. */
export async function createPartnerLink(
  tx: Partner,
  actor: PartnerActor,
  { integration, name, ...rest }: NewLink,
): Promise<string> {
  assertAhead(rest.expiresAt);
  const id = await insertLink(tx, actor, integration, { label: name, ...rest });
  await audit(tx, actor, "link.create", id);
  return id;
}

/** A number of uses may be lowered below what is used: then it is used up. */
export async function updatePartnerLink(
  tx: Partner,
  actor: PartnerActor,
  id: string,
  { name, ...rest }: LinkChange,
): Promise<void> {
  assertAhead(rest.expiresAt);
  await tx
    .update(activationLinks)
    .set({ ...rest, label: name })
    .where(eq(activationLinks.id, id));
  await audit(tx, actor, "link.update", id);
}

/** From now on the link says that it was withdrawn; what began through it can go on. Once withdrawn it stays so. */
export async function withdrawPartnerLink(tx: Partner, actor: PartnerActor, id: string): Promise<void> {
  const rows = await tx
    .update(activationLinks)
    .set({ withdrawnAt: new Date() })
    .where(and(eq(activationLinks.id, id), isNull(activationLinks.withdrawnAt)))
    .returning({ id: activationLinks.id });
  if (rows.length > 0) await audit(tx, actor, "link.withdraw", id);
}

/** A link for one customer and one request, for seven days. Throws `invalid_input` for a return address that is not on the list. */
export async function createLinkSession(
  tx: Partner,
  actor: PartnerActor,
  { integration, customerRef, returnUrl, ...prepared }: NewLinkSession,
): Promise<string> {
  if (returnUrl !== null) {
    const allowed = await tx.select({ address: returnAddresses.address }).from(returnAddresses);
    const isAllowed = allowed.some(({ address }) => isAllowedReturn(returnUrl, address));
    if (!isAllowed)
      throw new AppError("invalid_input", "returnUrl is below none of your return addresses; add it first");
  }
  const { email } = prepared;
  const id = await insertLink(tx, actor, integration, {
    kind: "session",
    label: customerRef,
    customerRef,
    returnUrl,
    ...prepared,
    email: email === null ? null : email.toLowerCase(),
    maxUses: 1,
    expiresAt: new Date(Date.now() + SESSION_DAYS * 24 * 3600 * 1000),
  });
  await audit(tx, actor, "link_session.create", id);
  return id;
}
