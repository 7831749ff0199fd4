import { and, count, eq, inArray, or } from "drizzle-orm";
import {
  accounts,
  activationLinks,
  activationPlans,
  activationRequests,
  candidates,
  companies,
  connections,
  drafts,
  emailChanges,
  grants,
  invitations,
  memberships,
  operators,
  partnerApplications,
  partnerInvitations,
  partnerMembers,
  requestGuests,
  requestNotes,
  sessions,
  signInTokens,
  users,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { draftMachine } from "@/lib/activation/draft/rules";
import { destroyExportsOf } from "@/lib/connection/export/sweep-exports";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { deleteInvitations, deletePartnerInvitations } from "@/lib/people/membership/sweep-invitations";
import { listAddresses } from "@/lib/people/profile/list-addresses";
import { type Person, pseudonymizeEvidence } from "@/lib/people/profile/pseudonymize-evidence";
import { OPEN_REQUEST_STATES, pseudonymOf } from "@/lib/people/profile/rules";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/**
 * Erases a person: address, sessions, memberships, and what belongs to accounts of theirs alone. Evidence of what was
 * accepted stays under a pseudonym (decision 24). `blocked` and nothing changed when something would go on with nobody to
 * look after it; it was looked at before, so only a race leads there.
 */
export async function erasePerson(
  context: WorkerContext,
  userId: string,
): Promise<"erased" | "blocked" | "nothing"> {
  return asSystem(context, "erase person", async (tx) => {
    const [user] = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(eq(users.id, userId))
      .for("update");
    if (!user || user.email === pseudonymOf(userId)) return "nothing";
    const person = { ...user, addresses: await listAddresses(tx, user) };
    const own = await listOwnAccounts(tx, person);
    const isBlocked = await hasWhatLives(tx, own);
    if (!isBlocked) {
      for (const accountId of own) await eraseAccount(tx, accountId);
      await pseudonymizeEvidence(tx, person);
      await deletePerson(tx, person);
    }
    await writeAudit(tx, {
      actor: { kind: "system" },
      action: "person.erase",
      subject: { kind: "user", id: userId },
      outcome: isBlocked ? "refused" : "done",
    });
    return isBlocked ? "blocked" : "erased";
  });
}

/** The accounts that nobody but the person is in. Locked, so that nobody leaves or joins meanwhile. */
async function listOwnAccounts(tx: SystemTransaction, person: Person): Promise<string[]> {
  const rows = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .innerJoin(memberships, eq(memberships.accountId, accounts.id))
    .where(eq(memberships.userId, person.id))
    .orderBy(accounts.id)
    .for("update", { of: accounts });
  const own: string[] = [];
  for (const { id } of rows) {
    const [members] = await tx
      .select({ count: count() })
      .from(memberships)
      .where(eq(memberships.accountId, id));
    if (members?.count === 1) own.push(id);
  }
  return own;
}

async function hasWhatLives(tx: SystemTransaction, accountIds: string[]): Promise<boolean> {
  if (accountIds.length === 0) return false;
  const [live] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(inArray(connections.accountId, accountIds), inArray(connections.state, [...LIVE_STATES])))
    .limit(1);
  const [open] = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(
      and(
        inArray(activationRequests.accountId, accountIds),
        inArray(activationRequests.state, [...OPEN_REQUEST_STATES]),
      ),
    )
    .limit(1);
  return Boolean(live ?? open);
}

/** What was prepared is discarded, its consents go back to the vendor, and answers to partners' questions are deleted. */
async function eraseAccount(tx: SystemTransaction, accountId: string): Promise<void> {
  const discarded = await tx
    .update(drafts)
    .set({ state: draftMachine.advance("open", "discard"), updatedAt: new Date() })
    .where(and(eq(drafts.accountId, accountId), eq(drafts.state, "open")))
    .returning({ id: drafts.id });
  const draftIds = discarded.map(({ id }) => id);
  if (draftIds.length > 0) {
    const open = await tx
      .select({ id: grants.id })
      .from(grants)
      .where(and(inArray(grants.draftId, draftIds), eq(grants.state, "open")));
    for (const { id } of open) await enqueueEvent(tx, "grant/release.wanted", { grantId: id });
  }
  const linkTokens = tx
    .select({ linkToken: activationRequests.linkToken })
    .from(activationRequests)
    .where(eq(activationRequests.accountId, accountId));
  await tx
    .update(activationLinks)
    .set({ label: "", customerRef: null, returnUrl: null })
    .where(and(eq(activationLinks.kind, "session"), inArray(activationLinks.token, linkTokens)));
  await tx
    .update(activationRequests)
    .set({ formAnswers: null, settings: null, customerRef: null })
    .where(eq(activationRequests.accountId, accountId));
  await tx.update(drafts).set({ settings: null }).where(eq(drafts.accountId, accountId));
  await destroyExportsOf(tx, accountId);
  // What was asked for is named in requests and consents; what was only offered has no reason to stay. Findings may name
  // customers, and the vendor's own words anybody.
  await tx
    .update(candidates)
    .set({
      name: null,
      businessId: null,
      accountingOffice: null,
      preflightFindings: null,
      preflightForeseen: null,
      releaseAnswer: null,
    })
    .where(eq(candidates.accountId, accountId));
  await tx.update(grants).set({ vendorAnswer: null, withoutKey: [] }).where(eq(grants.accountId, accountId));
  await deleteInvitations(tx, eq(invitations.accountId, accountId));
  await tx.delete(activationPlans).where(eq(activationPlans.accountId, accountId));
  // The rows of lists that are not read any more; what was submitted stands in the activations.
  await tx.delete(companies).where(eq(companies.accountId, accountId));
  await tx.delete(requestGuests).where(eq(requestGuests.accountId, accountId));
  // Free text of a partner about the account.
  await tx.delete(requestNotes).where(eq(requestNotes.accountId, accountId));
  await tx
    .update(accounts)
    .set({ name: `erased-${accountId}` })
    .where(eq(accounts.id, accountId));
}

/** What the person consented to for requests of others' accounts goes back to the vendor, unless it was submitted. */
async function releaseConsentsOfGuest(tx: SystemTransaction, userId: string): Promise<void> {
  const open = await tx
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(requestGuests, eq(requestGuests.draftId, grants.draftId))
    .where(and(eq(requestGuests.userId, userId), eq(grants.userId, userId), eq(grants.state, "open")));
  for (const { id } of open) await enqueueEvent(tx, "grant/release.wanted", { grantId: id });
}

async function deletePerson(tx: SystemTransaction, { id, addresses }: Person): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, id));
  await tx.delete(signInTokens).where(inArray(signInTokens.email, addresses));
  await tx.delete(emailChanges).where(eq(emailChanges.userId, id));
  // What a partner prepared for the person's sign-in.
  await tx.update(activationLinks).set({ email: null }).where(inArray(activationLinks.email, addresses));
  await deleteInvitations(
    tx,
    or(
      inArray(invitations.email, addresses),
      eq(invitations.acceptedBy, id),
      and(eq(invitations.invitedBy, id), eq(invitations.state, "open")),
    ),
  );
  await tx.delete(memberships).where(eq(memberships.userId, id));
  await releaseConsentsOfGuest(tx, id);
  await tx.delete(requestGuests).where(eq(requestGuests.userId, id));
  await tx.delete(operators).where(eq(operators.userId, id));
  await leavePartners(tx, id);
  await deletePartnerInvitations(
    tx,
    or(
      inArray(partnerInvitations.email, addresses),
      eq(partnerInvitations.acceptedBy, id),
      and(eq(partnerInvitations.invitedBy, id), eq(partnerInvitations.state, "open")),
    ),
  );
  await tx.delete(partnerApplications).where(eq(partnerApplications.userId, id));
  await tx
    .update(users)
    .set({ email: pseudonymOf(id), locale: "en", activeAccountId: null })
    .where(eq(users.id, id));
}

/** A partner whose last owner is erased goes on with the oldest of its admins as the owner. */
async function leavePartners(tx: SystemTransaction, userId: string): Promise<void> {
  const left = await tx
    .delete(partnerMembers)
    .where(eq(partnerMembers.userId, userId))
    .returning({ partnerId: partnerMembers.partnerId, role: partnerMembers.role });
  for (const { partnerId } of left.filter(({ role }) => role === "owner")) {
    const members = await tx
      .select({ userId: partnerMembers.userId, role: partnerMembers.role })
      .from(partnerMembers)
      .where(eq(partnerMembers.partnerId, partnerId))
      .orderBy(partnerMembers.createdAt);
    const heir = members.find(({ role }) => role === "admin");
    if (!heir || members.some(({ role }) => role === "owner")) continue;
    const isHeir = and(eq(partnerMembers.partnerId, partnerId), eq(partnerMembers.userId, heir.userId));
    await tx.update(partnerMembers).set({ role: "owner" }).where(isHeir);
  }
}
