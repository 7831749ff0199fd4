import { eq, lt } from "drizzle-orm";
import { activationPlans } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import type { DraftRow } from "@/lib/draft/queries";
import type { EnvironmentOption } from "@/lib/draft/schema";
import { findPlan } from "./queries";
import { leftAfter } from "./rules";

type Customer = ScopedTransaction<"customer">;

/** A plan lasts as long as a draft does. */
const PLAN_LASTS_MS = 30 * 24 * 60 * 60 * 1000;

/** The customer wants no further batch; what was submitted goes on. */
export async function dropPlan(tx: Customer, viewer: Viewer, integrationId: string): Promise<void> {
  const [dropped] = await tx
    .delete(activationPlans)
    .where(eq(activationPlans.integrationId, integrationId))
    .returning({ totalCount: activationPlans.totalCount });
  // Pressed twice, or in two tabs: the second finds what it wanted.
  if (!dropped) return;
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "plan.drop",
    subject: { kind: "integration", id: integrationId },
  });
}

/** In the transaction of a submission: its companies are no longer to come. A plan without any has ended. */
export async function shrinkPlan(
  tx: Customer,
  draft: DraftRow,
  options: readonly EnvironmentOption[],
  room: number,
): Promise<void> {
  const plan = await findPlan(tx, draft.integrationId);
  if (!plan) return;
  const left = leftAfter(
    plan.wantedExternalIds,
    options.map(({ externalId, isPicked, blocked }) => ({ externalId, isPicked, canPick: blocked === null })),
    room,
  );
  const isThis = eq(activationPlans.integrationId, draft.integrationId);
  if (left.length === 0) await tx.delete(activationPlans).where(isThis);
  else await tx.update(activationPlans).set({ wantedExternalIds: left, updatedAt: new Date() }).where(isThis);
}

/** Plans that nobody went on with. Returns how many. */
export async function expirePlans(tx: ScopedTransaction<"system">, now: Date): Promise<number> {
  const old = await tx
    .delete(activationPlans)
    .where(lt(activationPlans.updatedAt, new Date(now.getTime() - PLAN_LASTS_MS)))
    .returning({ integrationId: activationPlans.integrationId });
  return old.length;
}
