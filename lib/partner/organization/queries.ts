import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import {
  activationLinks,
  apiKeys,
  integrations,
  partnerInvitations,
  partnerMembers,
  partners,
  specifications,
  users,
  vendorApplications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import { maskEmail } from "@/lib/core/mask-email";
import type { Viewer } from "@/lib/people/account/schema";
import type {
  ApiKeyView,
  IntegrationChoice,
  MembersView,
  PartnerChoice,
  PartnerInvitationOffer,
  PartnerMember,
  ProfileView,
  SetupView,
} from "./schema";

type Partner = ScopedTransaction<"partner">;
type Auth = ScopedTransaction<"auth">;

/** The partners that a person works for, by name. */
export async function listPartners(tx: Auth, userId: string): Promise<PartnerChoice[]> {
  return tx
    .select({ slug: partners.slug, name: partners.name, role: partnerMembers.role })
    .from(partnerMembers)
    .innerJoin(partners, eq(partners.id, partnerMembers.partnerId))
    .where(eq(partnerMembers.userId, userId))
    .orderBy(asc(partners.name), asc(partners.slug));
}

/** The viewer as a member of the partner with this slug; null for anybody else. */
export async function findMember(
  tx: Auth,
  { userId, email, locale }: Pick<Viewer, "userId" | "email" | "locale">,
  slug: string,
): Promise<PartnerMember | null> {
  const [row] = await tx
    .select({ partnerId: partners.id, partnerName: partners.name, role: partnerMembers.role })
    .from(partnerMembers)
    .innerJoin(partners, eq(partners.id, partnerMembers.partnerId))
    .where(and(eq(partners.slug, slug), eq(partnerMembers.userId, userId)));
  return row ? { ...row, userId, email, locale, slug } : null;
}

export async function getProfile(tx: Partner, { partnerId }: { partnerId: string }): Promise<ProfileView> {
  const [row] = await tx.select().from(partners).where(eq(partners.id, partnerId));
  if (!row) throw new AppError("not_found", "partner");
  const { id: _, createdAt: __, ...profile } = row;
  return profile;
}

/** Which steps to a working link are done. */
export async function getSetup(tx: Partner, { partnerId }: { partnerId: string }): Promise<SetupView> {
  const profile = await getProfile(tx, { partnerId });
  const has = async (rows: PromiseLike<unknown[]>): Promise<boolean> => (await rows).length > 0;
  const reviewed = inArray(specifications.state, ["approved", "published", "deprecated"]);
  return {
    profile: [profile.websiteUrl, profile.supportEmail, profile.incidentEmail, profile.reviewEmail].every(
      (value) => value !== null,
    ),
    application: await has(
      tx.select({ id: vendorApplications.id }).from(vendorApplications).where(isProvenOrUsed()).limit(1),
    ),
    specification: await has(tx.select({ id: specifications.id }).from(specifications).limit(1)),
    review: await has(tx.select({ id: specifications.id }).from(specifications).where(reviewed).limit(1)),
    link: await has(tx.select({ id: activationLinks.id }).from(activationLinks).where(isLiveLink()).limit(1)),
  };
}

/** One that the operator imported was never tried, and works all the same. */
const isProvenOrUsed = () =>
  or(
    isNotNull(vendorApplications.provenAt),
    sql`exists (select from integrations i where i.vendor_application_id = ${vendorApplications.id})`,
  );

const isLiveLink = () =>
  and(
    eq(activationLinks.kind, "shared"),
    isNull(activationLinks.withdrawnAt),
    or(isNull(activationLinks.expiresAt), sql`${activationLinks.expiresAt} > now()`),
  );

/** Everybody who works for the partner, the longest there first, and who is invited. */
export async function getMembers(tx: Partner, member: PartnerMember): Promise<MembersView> {
  const rows = await tx
    .select({
      userId: users.id,
      email: users.email,
      role: partnerMembers.role,
      since: partnerMembers.createdAt,
    })
    .from(partnerMembers)
    .innerJoin(users, eq(users.id, partnerMembers.userId))
    .orderBy(asc(partnerMembers.createdAt), asc(users.email));
  const invited = await tx
    .select({
      id: partnerInvitations.id,
      email: partnerInvitations.email,
      role: partnerInvitations.role,
      invitedBy: users.email,
      expiresAt: partnerInvitations.expiresAt,
    })
    .from(partnerInvitations)
    .leftJoin(users, eq(users.id, partnerInvitations.invitedBy))
    .where(and(eq(partnerInvitations.state, "open"), sql`${partnerInvitations.expiresAt} > now()`))
    .orderBy(desc(partnerInvitations.id));
  return {
    members: rows.map((row) => ({
      ...row,
      since: row.since.toISOString(),
      isViewer: row.userId === member.userId,
    })),
    invitations: invited.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })),
  };
}

/** Integrations by name: that of the newest version, or the address part before there is one. */
export async function listIntegrations(tx: Partner): Promise<IntegrationChoice[]> {
  const rows = await tx
    .selectDistinctOn([integrations.id], {
      id: integrations.id,
      slug: integrations.slug,
      stage: integrations.stage,
      content: specifications.content,
    })
    .from(integrations)
    .leftJoin(specifications, eq(specifications.integrationId, integrations.id))
    .orderBy(integrations.id, desc(specifications.version));
  return rows
    .map(({ id, slug, stage, content }) => ({ id, stage, name: content ? readMain(content).name : slug }))
    .sort((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id));
}

function stateOf(ended: Date | null, expiresAt: Date | null): ApiKeyView["state"] {
  if (ended) return "revoked";
  return expiresAt && expiresAt <= new Date() ? "expired" : "live";
}

/** Keys, those in force first, then the newest. */
export async function listApiKeys(tx: Partner): Promise<ApiKeyView[]> {
  const rows = await tx
    .select({ key: apiKeys, createdBy: users.email })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .orderBy(sql`${apiKeys.revokedAt} is not null`, desc(apiKeys.id))
    .limit(200);
  return rows.map(({ key, createdBy }) => ({
    id: key.id,
    name: key.name,
    stage: key.stage,
    prefix: key.prefix,
    scopes: key.scopes,
    createdAt: key.createdAt.toISOString(),
    createdBy,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    state: stateOf(key.revokedAt, key.expiresAt),
  }));
}

/** What the link in the scope's hands is about. Reads only. */
export async function findPartnerInvitationOffer(
  tx: Auth,
  viewer: Pick<Viewer, "email"> | null,
): Promise<PartnerInvitationOffer> {
  const [row] = await tx
    .select({
      email: partnerInvitations.email,
      role: partnerInvitations.role,
      state: partnerInvitations.state,
      isExpired: sql<boolean>`${partnerInvitations.expiresAt} <= now()`,
      partnerName: partners.name,
      invitedBy: users.email,
    })
    .from(partnerInvitations)
    .innerJoin(partners, eq(partners.id, partnerInvitations.partnerId))
    .innerJoin(users, eq(users.id, partnerInvitations.invitedBy))
    .where(sql`${partnerInvitations.tokenHash} = kytkin.key_hash()`);
  if (!row) return { state: "unknown" };
  if (row.state !== "open") return { state: "ended", why: row.state };
  if (row.isExpired) return { state: "ended", why: "expired" };
  return {
    state: "open",
    partnerName: row.partnerName,
    role: row.role,
    invitedBy: row.invitedBy,
    maskedEmail: maskEmail(row.email),
    isForViewer: viewer && viewer.email === row.email,
  };
}
