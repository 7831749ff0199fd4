import { and, asc, desc, eq, sql } from "drizzle-orm";
import {
  accounts,
  activationRequests,
  drafts,
  invitations,
  memberships,
  specifications,
  users,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { maskEmail } from "@/lib/core/mask-email";
import type { Viewer } from "@/lib/people/account/schema";
import type { AccountChoice, AccountView, InvitationOffer, InvitationView, MemberView } from "./schema";

type Customer = ScopedTransaction<"customer">;

/** The account with its members and open invitations. */
export async function getAccountView(tx: Customer, viewer: Viewer, locale: Locale): Promise<AccountView> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, viewer.accountId));
  if (!account) throw new AppError("not_found", "account");
  return {
    name: account.name,
    members: await listMembers(tx, viewer),
    invitations: await listOpenInvitations(tx, locale),
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
      invitedBy: users.email,
      expiresAt: invitations.expiresAt,
      content: specifications.content,
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
  return rows.map(({ content, expiresAt, invitedBy, ...row }) => ({
    ...row,
    invitedBy: invitedBy ?? "",
    expiresAt: expiresAt.toISOString(),
    handsOver: content && readShown(content, locale).name,
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
): Promise<InvitationOffer> {
  const [row] = await tx
    .select({
      email: invitations.email,
      state: invitations.state,
      isExpired: sql<boolean>`${invitations.expiresAt} <= now()`,
      draftId: invitations.draftId,
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
  return {
    state: "open",
    accountName: row.accountName,
    invitedBy: row.invitedBy,
    maskedEmail: maskEmail(row.email),
    isHandOver: row.draftId !== null,
    isForViewer: viewer && viewer.email === row.email,
  };
}

/** Where a handed-over draft goes on, as a path of ours; null when it is over and left nothing. */
export async function findWayOn(tx: Customer, draftId: string): Promise<string | null> {
  const [row] = await tx
    .select({ draft: drafts, requestId: activationRequests.id })
    .from(drafts)
    .leftJoin(activationRequests, eq(activationRequests.draftId, drafts.id))
    .where(eq(drafts.id, draftId));
  if (row?.requestId) return `/requests/${row.requestId}`;
  if (row?.draft.state !== "open") return null;
  return `/a/${row.draft.linkToken}/${row.draft.selectedAt ? "technical-user" : "environments"}`;
}
