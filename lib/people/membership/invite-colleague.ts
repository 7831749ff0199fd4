import { and, eq, sql } from "drizzle-orm";
import { drafts, invitations, memberships, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { invitationExpiry, invitationMachine, MEMBER_LIMIT } from "./rules";
import type { InvitationAccess } from "./schema";

type Invitation = {
  /** Lower case. */
  email: string;
  /** A prepared request that the colleague goes on with. */
  draftId?: string;
  /** What the colleague gets; the account when left out. */
  access?: InvitationAccess;
};

/**
 * Invites somebody into the viewer's account by a one-time link. An open invitation of the same address is replaced, and
 * its link ends. Throws `conflict` for somebody who is in the account already (who can be handed a request, though), or when the
 * account is full; `not_found` when there is no such draft to go on with.
 */
export async function inviteColleague(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { email, draftId, access = "account" }: Invitation,
): Promise<void> {
  if (draftId) await assertOpenDraft(tx, draftId);
  await assertCanBeAsked(tx, viewer, { email, draftId });
  const now = new Date();
  await tx
    .update(invitations)
    .set({ state: invitationMachine.advance("open", "withdraw"), endedAt: now })
    .where(and(eq(invitations.email, email), eq(invitations.state, "open")));
  const [invitation] = await tx
    .insert(invitations)
    .values({
      accountId: viewer.accountId,
      email,
      state: invitationMachine.advance(null, "invite"),
      invitedBy: viewer.userId,
      draftId,
      access: draftId ? access : "account",
      expiresAt: invitationExpiry(now),
    })
    .returning({ id: invitations.id });
  if (!invitation) throw new AppError("conflict", "invitation");
  await queueMail(tx, {
    kind: "invitation",
    subjectId: invitation.id,
    accountId: viewer.accountId,
    recipient: email,
    locale: viewer.locale,
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: draftId ? "draft.hand_over" : "invitation.create",
    subject: { kind: "invitation", id: invitation.id },
    detail: draftId ? { draftId, access } : {},
  });
}

async function assertOpenDraft(tx: ScopedTransaction<"customer">, draftId: string): Promise<void> {
  const [draft] = await tx.select({ state: drafts.state }).from(drafts).where(eq(drafts.id, draftId));
  if (draft?.state !== "open") throw new AppError("not_found", "draft");
}

async function assertCanBeAsked(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { email, draftId }: Invitation,
): Promise<void> {
  const members = await tx
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId));
  if (members.some((member) => member.email === email)) {
    // A member needs no invitation, but a link to what is handed over.
    if (draftId && email !== viewer.email) return;
    throw new AppError("conflict", "a member already");
  }
  const [open] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(invitations)
    .where(eq(invitations.state, "open"));
  if (members.length + (open?.count ?? 0) >= MEMBER_LIMIT)
    throw new AppError("conflict", "the account is full");
}
