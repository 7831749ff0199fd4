import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { integrationName } from "@/db/integration-name";
import {
  accounts,
  activationRequests,
  drafts,
  invitations,
  memberships,
  requestGuests,
  specifications,
  users,
} from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { maskEmail } from "@/lib/core/mask-email";
import type { Viewer } from "@/lib/people/account/schema";
import type {
  AccountChoice,
  AccountView,
  GuestView,
  HandedRequest,
  InvitationOffer,
  InvitationView,
  MemberView,
} from "./schema";

type Customer = ScopedTransaction<"customer">;

/** The account with its members and open invitations. */
export async function getAccountView(tx: Customer, viewer: Viewer, locale: Locale): Promise<AccountView> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, viewer.accountId));
  if (!account) throw new AppError("not_found", "account");
  return {
    name: account.name,
    members: await listMembers(tx, viewer),
    invitations: await listOpenInvitations(tx, locale),
    guests: await listGuests(tx, locale),
  };
}

/** Everybody in the account, the longest there first. */
export async function listMembers(tx: Customer, viewer: Viewer): Promise<MemberView[]> {
  const rows = await tx
    .select({ userId: users.id, email: users.email, since: memberships.createdAt })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .orderBy(asc(memberships.createdAt), asc(users.email));
  return rows.map((row) => ({
    ...row,
    since: row.since.toISOString(),
    isViewer: row.userId === viewer.userId,
  }));
}

/** Invitations that can still be accepted, the newest first; with `draftId` those that hand that draft over. */
export async function listOpenInvitations(
  tx: Customer,
  locale: Locale,
  draftId?: string,
): Promise<InvitationView[]> {
  const rows = await tx
    .select({
      id: invitations.id,
      email: invitations.email,
      access: invitations.access,
      invitedBy: users.email,
      expiresAt: invitations.expiresAt,
      integrationName: integrationName(locale),
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(drafts, eq(drafts.id, invitations.draftId))
    .leftJoin(specifications, eq(specifications.id, drafts.specificationId))
    .where(
      and(
        eq(invitations.state, "open"),
        sql`${invitations.expiresAt} > now()`,
        draftId ? eq(invitations.draftId, draftId) : undefined,
      ),
    )
    .orderBy(desc(invitations.id));
  return rows.map(({ integrationName: handsOver, expiresAt, invitedBy, ...row }) => ({
    ...row,
    invitedBy: invitedBy ?? "",
    expiresAt: expiresAt.toISOString(),
    handsOver,
  }));
}

/** Who has a request of the account in hand as a guest, the newest first; with `draftId` those who have that one. */
export async function listGuests(tx: Customer, locale: Locale, draftId?: string): Promise<GuestView[]> {
  const rows = await tx
    .select({
      id: requestGuests.id,
      email: users.email,
      integrationName: integrationName(locale),
      since: requestGuests.createdAt,
    })
    .from(requestGuests)
    .innerJoin(users, eq(users.id, requestGuests.userId))
    .innerJoin(drafts, eq(drafts.id, requestGuests.draftId))
    .innerJoin(specifications, eq(specifications.id, drafts.specificationId))
    .where(and(isNull(requestGuests.endedAt), draftId ? eq(requestGuests.draftId, draftId) : undefined))
    .orderBy(desc(requestGuests.createdAt), desc(requestGuests.id));
  return rows.map(({ since, ...row }) => ({
    ...row,
    since: since.toISOString(),
  }));
}

/** What was handed to a person as a guest and is not over, the one chosen last first. */
export async function listHandedRequests(
  tx: ScopedTransaction<"auth">,
  viewer: Pick<Viewer, "userId">,
  locale: string,
): Promise<HandedRequest[]> {
  const rows = await tx.execute<{
    draft_id: string;
    account_id: string;
    account_name: string;
    link_token: string;
    slug: string;
    integration_name: string;
    partner_name: string;
    request_id: string | null;
    consent_started_at: string | Date | null;
    is_opened: boolean;
    handed_by: string;
  }>(sql`select * from kytkin.guest_accesses(${viewer.userId}, ${locale})`);
  return rows.map((row) => ({
    draftId: row.draft_id,
    accountId: row.account_id,
    accountName: row.account_name,
    integrationName: row.integration_name,
    partnerName: row.partner_name,
    handedBy: row.handed_by,
    linkToken: row.link_token,
    slug: row.slug,
    requestId: row.request_id,
    consentStartedAt: row.consent_started_at === null ? null : new Date(row.consent_started_at),
    isOpened: row.is_opened,
  }));
}

/** The accounts that a person belongs to, by name. */
export async function listAccounts(tx: ScopedTransaction<"auth">, viewer: Viewer): Promise<AccountChoice[]> {
  const rows = await tx
    .select({ id: accounts.id, name: accounts.name })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(eq(memberships.userId, viewer.userId))
    .orderBy(asc(accounts.name), asc(accounts.id));
  return rows.map((row) => ({ ...row, isActive: row.id === viewer.accountId }));
}

/** What the link in the scope's hands is about. Reads only. */
export async function findInvitationOffer(
  tx: ScopedTransaction<"auth">,
  viewer: Pick<Viewer, "email"> | null,
  locale: Locale,
): Promise<InvitationOffer> {
  const [row] = await tx
    .select({
      email: invitations.email,
      state: invitations.state,
      isExpired: sql<boolean>`${invitations.expiresAt} <= now()`,
      access: invitations.access,
      accountName: accounts.name,
      invitedBy: users.email,
    })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.accountId))
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(sql`${invitations.tokenHash} = kytkin.key_hash()`);
  if (!row) return { state: "unknown" };
  if (row.state !== "open") return { state: "ended", why: row.state };
  if (row.isExpired) return { state: "ended", why: "expired" };
  const [handed] = await tx.execute<{ integration_name: string; partner_name: string }>(
    sql`select * from kytkin.handed_over(${locale})`,
  );
  return {
    state: "open",
    accountName: row.accountName,
    invitedBy: row.invitedBy,
    maskedEmail: maskEmail(row.email),
    handsOver: handed ? { integration: handed.integration_name, partner: handed.partner_name } : null,
    access: row.access,
    isForViewer: viewer && viewer.email === row.email,
  };
}

/** Where a handed-over draft goes on, as a path of ours; null when it is over and left nothing. */
export async function findWayOn(tx: RequestTransaction, draftId: string): Promise<string | null> {
  const [row] = await tx
    .select({ draft: drafts, requestId: activationRequests.id })
    .from(drafts)
    .leftJoin(activationRequests, eq(activationRequests.draftId, drafts.id))
    .where(eq(drafts.id, draftId));
  if (row?.requestId) return `/requests/${row.requestId}`;
  if (row?.draft.state !== "open") return null;
  return `/a/${row.draft.linkToken}/${row.draft.selectedAt ? "technical-user" : "environments"}`;
}
