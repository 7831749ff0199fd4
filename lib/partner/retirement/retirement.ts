import { and, eq, isNull } from "drizzle-orm";
import { retirements, specifications, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { startOfDay } from "@/lib/core/day-in-zone";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { RETIREMENT_MOST_DAYS, RETIREMENT_NOTICE_DAYS, type Retirement, type RetirementView } from "./schema";

type Partner = ScopedTransaction<"partner">;
const DAY_MS = 24 * 60 * 60_000;

/** When the day of a form begins, if it is far enough ahead, or what is wrong with it. */
export function readRetirementDay(day: string, zone: string, now: Date): Date | "too_soon" | "too_late" {
  const endsAt = startOfDay(day, zone);
  // Counted from the day that is today: a form that is sent in the evening gives the same days.
  const today = startOfDay(now.toISOString().slice(0, 10), zone);
  const days = (endsAt.getTime() - today.getTime()) / DAY_MS;
  // A change of clocks makes a day an hour shorter.
  if (days < RETIREMENT_NOTICE_DAYS - 0.1) return "too_soon";
  return days > RETIREMENT_MOST_DAYS ? "too_late" : endsAt;
}

/**
 * Announces the end of an integration: its links lead nowhere from the commit on, the worker tells its customers and sets the day of each
 * connection's end. Throws `forbidden`, and `conflict` when it is announced already or was never published.
 */
export async function announceRetirement(
  tx: Partner,
  member: PartnerMember,
  integrationId: string,
  { endsOn, endsAt, note, replacement }: Retirement,
): Promise<void> {
  assertMay(member, "connections.end");
  const [published] = await tx
    .select({ id: specifications.id })
    .from(specifications)
    .where(and(eq(specifications.integrationId, integrationId), eq(specifications.state, "published")));
  if (!published) throw new AppError("conflict", "the integration is not published");
  const [made] = await tx
    .insert(retirements)
    .values({
      integrationId,
      partnerId: member.partnerId,
      endsOn,
      endsAt,
      note,
      replacementName: replacement?.name ?? null,
      replacementUrl: replacement?.url ?? null,
      announcedBy: member.userId,
    })
    .onConflictDoNothing()
    .returning({ id: retirements.id });
  if (!made) throw new AppError("conflict", "the end is announced already");
  await enqueueEvent(tx, "integration/retirement.changed", { retirementId: made.id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "integration.retire",
    subject: { kind: "integration", id: integrationId },
    detail: { endsOn },
  });
}

/**
 * Takes an announced end back: links lead on as before, and the worker calls the ends off and tells who was told. What has ended stays
 * ended. Throws `forbidden`, and `conflict` when none is announced.
 */
export async function withdrawRetirement(
  tx: Partner,
  member: PartnerMember,
  integrationId: string,
): Promise<void> {
  assertMay(member, "connections.end");
  const [withdrawn] = await tx
    .update(retirements)
    .set({ withdrawnAt: new Date(), withdrawnBy: member.userId })
    .where(
      and(
        eq(retirements.integrationId, integrationId),
        eq(retirements.partnerId, member.partnerId),
        isNull(retirements.withdrawnAt),
      ),
    )
    .returning({ id: retirements.id });
  if (!withdrawn) throw new AppError("conflict", "no end is announced");
  await enqueueEvent(tx, "integration/retirement.changed", { retirementId: withdrawn.id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "integration.keep",
    subject: { kind: "integration", id: integrationId },
  });
}

/** The end that is announced of one of the partner's integrations, or null. */
export async function findRetirement(tx: Partner, integrationId: string): Promise<RetirementView | null> {
  const [row] = await tx
    .select({ retirement: retirements, email: users.email })
    .from(retirements)
    .leftJoin(users, eq(users.id, retirements.announcedBy))
    .where(and(eq(retirements.integrationId, integrationId), isNull(retirements.withdrawnAt)));
  if (!row) return null;
  const { id, endsOn, endsAt, createdAt, note, replacementName, replacementUrl } = row.retirement;
  return {
    id,
    endsOn,
    endsAt: endsAt.toISOString(),
    announcedAt: createdAt.toISOString(),
    announcedBy: row.email,
    note,
    replacement: replacementName && replacementUrl ? { name: replacementName, url: replacementUrl } : null,
  };
}
