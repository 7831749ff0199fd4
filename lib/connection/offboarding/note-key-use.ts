import { and, eq, gt, inArray, isNull, lt, lte, type SQL } from "drizzle-orm";
import {
  activations,
  connections,
  integrations,
  memberships,
  offboardings,
  partners,
  users,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { openTask } from "@/lib/platform/task/open-task";

const DAY_MS = 24 * 3_600_000;
const BATCH = 100;

/**
 * The vendor tells of a company whose only connections here have ended. Within a day of the end such a notice may be about the
 * end itself; later it is a sign that something there still works. Noted once for each connection whose key was seen to be dead.
 */
export async function noteUseOfEnded(
  tx: SystemTransaction,
  { vendorApplicationId, externalId }: { vendorApplicationId: string; externalId: string },
  now = new Date(),
): Promise<void> {
  const concerned = tx
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      and(
        eq(integrations.vendorApplicationId, vendorApplicationId),
        eq(activations.externalId, externalId),
        eq(connections.state, "removed"),
      ),
    );
  await tx
    .update(offboardings)
    .set({ keyUse: "vendor_notice", keyUsedAt: now })
    .where(
      and(
        inArray(offboardings.connectionId, concerned),
        eq(offboardings.outcome, "proven_dead"),
        lt(offboardings.closedAt, new Date(now.getTime() - DAY_MS)),
        isNull(offboardings.keyUsedAt),
      ),
    );
}

/**
 * Tells the operator, by a task for each, and customer and partner, by one mail a day at most, of ended connections that were used: a
 * program that goes through all its connections with an old key makes one mail and not thousands. Returns how many.
 */
export async function tellKeyUses(tx: SystemTransaction, now: Date): Promise<number> {
  const used = await tx
    .select({
      connectionId: offboardings.connectionId,
      partnerId: offboardings.partnerId,
      accountId: offboardings.accountId,
      integrationId: connections.integrationId,
      notifyEmail: partners.notifyEmail,
    })
    .from(offboardings)
    .innerJoin(connections, eq(connections.id, offboardings.connectionId))
    .innerJoin(partners, eq(partners.id, offboardings.partnerId))
    .where(and(lte(offboardings.keyUsedAt, now), isNull(offboardings.keyUseToldAt)))
    .orderBy(offboardings.keyUsedAt)
    .limit(BATCH)
    .for("update", { of: offboardings, skipLocked: true });
  for (const { connectionId, partnerId, accountId, integrationId, notifyEmail } of used) {
    const isPartnerTold = await isToldLately(tx, eq(offboardings.partnerId, partnerId), now);
    const isAccountTold = await isToldLately(tx, eq(offboardings.accountId, accountId), now);
    await tx
      .update(offboardings)
      .set({ keyUseToldAt: now })
      .where(eq(offboardings.connectionId, connectionId));
    await openTask(tx, { kind: "ended_key_used", subjectId: connectionId, integrationId });
    const mail = { subjectId: connectionId, accountId, partnerId };
    if (!isPartnerTold)
      await queueMail(tx, { ...mail, kind: "ended_key_used_partner", recipient: notifyEmail, locale: "en" });
    if (isAccountTold) continue;
    const [member] = await tx
      .select({ email: users.email, locale: users.locale })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.accountId, accountId))
      .orderBy(memberships.createdAt)
      .limit(1);
    if (member)
      await queueMail(tx, {
        ...mail,
        kind: "ended_key_used",
        recipient: member.email,
        locale: member.locale,
      });
  }
  return used.length;
}

async function isToldLately(tx: SystemTransaction, whose: SQL, now: Date): Promise<boolean> {
  const [told] = await tx
    .select({ id: offboardings.connectionId })
    .from(offboardings)
    .where(and(whose, gt(offboardings.keyUseToldAt, new Date(now.getTime() - DAY_MS))))
    .limit(1);
  return told !== undefined;
}
