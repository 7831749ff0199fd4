import { and, eq, inArray, ne, notInArray, or } from "drizzle-orm";
import {
  accounts,
  activationRequests,
  emailChanges,
  evidencePersons,
  grants,
  holds,
  memberships,
  offboardings,
  outboxMails,
  partnerApplications,
  termsAcceptances,
  updateAcceptances,
  users,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { OPEN_REQUEST_STATES, pseudonymOf } from "./rules";

export type Person = {
  id: string;
  email: string;
  /** The present one and the former ones that are nobody else's. */
  addresses: string[];
};

/** What has to stay says no longer whose it was. */
export async function pseudonymizeEvidence(tx: SystemTransaction, person: Person): Promise<void> {
  const pseudonym = pseudonymOf(person.id);
  await tx
    .update(termsAcceptances)
    .set({ acceptedEmail: pseudonym })
    .where(eq(termsAcceptances.acceptedBy, person.id));
  await tx
    .update(updateAcceptances)
    .set({ acceptedEmail: pseudonym })
    .where(eq(updateAcceptances.acceptedBy, person.id));
  await passOnToColleagues(tx, person);
  await tx
    .update(activationRequests)
    .set({ notifiedEmail: pseudonym })
    .where(
      or(
        inArray(activationRequests.notifiedEmail, person.addresses),
        // Changes of address are kept for 90 days, requests for longer. What was passed on is a colleague's.
        and(
          eq(activationRequests.submittedBy, person.id),
          notInArray(activationRequests.notifiedEmail, addressesOfOthers(tx, person)),
        ),
      ),
    );
  await tx
    .update(grants)
    .set({ initiatorName: null, initiatorMasked: null, initiatorEmail: null })
    .where(eq(grants.userId, person.id));
  await tx.delete(evidencePersons).where(eq(evidencePersons.userId, person.id));
  await tx.update(holds).set({ reason: null }).where(eq(holds.setByUser, person.id));
  await eraseMails(tx, person);
}

const addressesOfOthers = (tx: SystemTransaction, { id }: Person) =>
  tx.select({ email: users.email }).from(users).where(ne(users.id, id));

/** By address, and by what they are about: an address from before may be known from nothing else by now. */
async function eraseMails(tx: SystemTransaction, person: Person): Promise<void> {
  const { id, addresses } = person;
  const changes = tx.select({ id: emailChanges.id }).from(emailChanges).where(eq(emailChanges.userId, id));
  const requests = tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(eq(activationRequests.submittedBy, id));
  const asked = tx
    .select({ id: offboardings.askId })
    .from(offboardings)
    .where(eq(offboardings.askedByUser, id));
  const applications = tx
    .select({ id: partnerApplications.id })
    .from(partnerApplications)
    .where(eq(partnerApplications.userId, id));
  type Subjects = typeof changes | typeof requests | typeof asked | typeof applications;
  const isAbout = (subjects: Subjects, ...kinds: string[]) =>
    and(inArray(outboxMails.kind, kinds), inArray(outboxMails.subjectId, subjects));
  const isTheirs = or(
    inArray(outboxMails.recipient, addresses),
    and(
      or(
        isAbout(changes, "email_change", "email_changed"),
        isAbout(requests, "request_settled", "request_recovered", "request_key_found", "retry_asked"),
        isAbout(asked, "connections_ended"),
        isAbout(
          applications,
          "partner_application_received",
          "partner_application_accepted",
          "partner_application_refused",
        ),
      ),
      // A colleague may have been told in their place.
      notInArray(outboxMails.recipient, addressesOfOthers(tx, person)),
    ),
  );
  // What is still queued for them has nobody to read it.
  await tx.delete(outboxMails).where(and(isTheirs, ne(outboxMails.state, "sent")));
  await tx
    .update(outboxMails)
    .set({ recipient: pseudonymOf(id) })
    .where(isTheirs);
}

/**
 * In accounts with colleagues the longest there stands in: for requests that still run, and in the name of an account that
 * is called by an address of the person's.
 */
async function passOnToColleagues(tx: SystemTransaction, person: Person): Promise<void> {
  const shared = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(eq(memberships.userId, person.id));
  for (const { accountId } of shared) {
    const [colleague] = await tx
      .select({ email: users.email, locale: users.locale })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.accountId, accountId), ne(memberships.userId, person.id)))
      .orderBy(memberships.createdAt)
      .limit(1);
    if (!colleague) continue;
    await tx
      .update(activationRequests)
      .set({ notifiedEmail: colleague.email, locale: colleague.locale })
      .where(
        and(
          eq(activationRequests.accountId, accountId),
          inArray(activationRequests.notifiedEmail, person.addresses),
          inArray(activationRequests.state, [...OPEN_REQUEST_STATES]),
        ),
      );
    await tx
      .update(accounts)
      .set({ name: colleague.email })
      .where(and(eq(accounts.id, accountId), inArray(accounts.name, person.addresses)));
  }
}
