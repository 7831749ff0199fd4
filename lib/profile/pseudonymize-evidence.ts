import { and, eq, inArray, ne } from "drizzle-orm";
import { accounts, activationRequests, consents, grants, memberships, outboxMails, users } from "@/db/schema";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { OPEN_REQUEST_STATES, pseudonymOf } from "./rules";

export type Person = { id: string; email: string };

/** What has to stay says no longer whose it was. */
export async function pseudonymizeEvidence(tx: SystemTransaction, person: Person): Promise<void> {
  const pseudonym = pseudonymOf(person.id);
  await tx.update(consents).set({ acceptedEmail: pseudonym }).where(eq(consents.acceptedBy, person.id));
  await passOnToColleagues(tx, person);
  await tx
    .update(activationRequests)
    .set({ notifiedEmail: pseudonym })
    .where(eq(activationRequests.notifiedEmail, person.email));
  await tx
    .update(grants)
    .set({ initiatorName: null, initiatorMasked: null, initiatorEmail: null })
    .where(eq(grants.userId, person.id));
  // What is still queued for that address has nobody to read it.
  const isTheirs = eq(outboxMails.recipient, person.email);
  await tx.delete(outboxMails).where(and(isTheirs, ne(outboxMails.state, "sent")));
  await tx.update(outboxMails).set({ recipient: pseudonym }).where(isTheirs);
}

/**
 * In accounts with colleagues the longest there stands in: for requests that still run, and in the name of an account that
 * is called by the person's address.
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
          eq(activationRequests.notifiedEmail, person.email),
          inArray(activationRequests.state, [...OPEN_REQUEST_STATES]),
        ),
      );
    await tx
      .update(accounts)
      .set({ name: colleague.email })
      .where(and(eq(accounts.id, accountId), eq(accounts.name, person.email)));
  }
}
