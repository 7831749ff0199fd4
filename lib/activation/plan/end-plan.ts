import { eq, lt, sql } from "drizzle-orm";
import { activationPlans } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import type { DraftRow } from "@/lib/activation/draft/queries";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { turnsOver } from "./rules";

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

/** In the transaction of a submission, a guest's too: its companies are no longer to come. A plan without any has ended. */
export async function shrinkPlan(
  tx: RequestTransaction,
  draft: DraftRow,
  options: readonly EnvironmentOption[],
  room: number,
): Promise<void> {
  const over = turnsOver(
    draft.wantedExternalIds,
    options.map(({ externalId, isPicked, blocked }) => ({ externalId, isPicked, canPick: blocked === null })),
    room,
  );
  await tx.execute(sql`select kytkin.take_from_plan(${draft.id}, ${JSON.stringify(over)}::jsonb)`);
}

/** Plans that nobody went on with. Returns how many. */
export async function expirePlans(tx: ScopedTransaction<"system">, now: Date): Promise<number> {
  const old = await tx
    .delete(activationPlans)
    .where(lt(activationPlans.updatedAt, new Date(now.getTime() - PLAN_LASTS_MS)))
    .returning({ integrationId: activationPlans.integrationId });
  return old.length;
}
