import { and, eq, isNull, sql } from "drizzle-orm";
import { memberships, offboardings, partners, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import type { LoadedOffboarding } from "./load-offboarding";

type Asking = Pick<LoadedOffboarding, "askId" | "connectionId" | "accountId" | "partnerId" | "askedByUser">;

/**
 * The vendor was tried, with whatever outcome. Once that is so for all that was asked for at the same time, each side gets
 * its one mail. Takes the lock of the asking first: two connections that are done at once must not both leave it to the other.
 */
export async function finishRound(tx: SystemTransaction, loaded: Asking): Promise<void> {
  const { askId, connectionId, accountId, partnerId } = loaded;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${askId}, 0))`);
  await tx
    .update(offboardings)
    .set({ handledAt: new Date() })
    .where(and(eq(offboardings.connectionId, connectionId), isNull(offboardings.handledAt)));
  const [open] = await tx
    .select({ id: offboardings.connectionId })
    .from(offboardings)
    .where(and(eq(offboardings.askId, askId), isNull(offboardings.handledAt)))
    .limit(1);
  if (open) return;
  const mail = { subjectId: askId, accountId, partnerId };
  const member = await findRecipient(tx, loaded);
  if (member)
    await queueMail(tx, {
      ...mail,
      kind: "connections_ended",
      recipient: member.email,
      locale: member.locale,
    });
  const [partner] = await tx
    .select({ notifyEmail: partners.notifyEmail })
    .from(partners)
    .where(eq(partners.id, partnerId));
  if (partner)
    await queueMail(tx, {
      ...mail,
      kind: "connections_ended_partner",
      recipient: partner.notifyEmail,
      locale: "en",
    });
}

/** The member who asked, else the one who has been there longest. null: the account has nobody left. */
async function findRecipient(
  tx: SystemTransaction,
  { accountId, askedByUser }: Asking,
): Promise<{ email: string; locale: string } | null> {
  const [member] = await tx
    .select({ email: users.email, locale: users.locale })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.accountId, accountId))
    .orderBy(sql`${users.id} is not distinct from ${askedByUser}::uuid desc`, memberships.createdAt)
    .limit(1);
  return member ?? null;
}
