import { and, gt, lt } from "drizzle-orm";
import { activationRequests } from "@/db/schema";
import { settleActivationRequest } from "@/lib/activation/request/settle-activation-request";
import { isWithoutMail } from "@/lib/activation/request/sweep-requests";
import { daysBefore, ENDED_LASTS_DAYS } from "@/lib/people/profile/retention";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

const LATE_AFTER_MS = 15 * 60_000;
const BATCH = 100;

/** Requests that ended without their mail being queued, as one that timed out may when its job is lost, get it now. */
export async function mailSettledRequests(context: WorkerContext, now: Date): Promise<number> {
  const unmailed = await asSystem(context, "list requests without mail", (tx) =>
    tx
      .select({ id: activationRequests.id })
      .from(activationRequests)
      .where(
        and(
          isWithoutMail,
          lt(activationRequests.settledAt, new Date(now.getTime() - LATE_AFTER_MS)),
          // An address is forgotten by then, and an answer that old helps nobody.
          gt(activationRequests.settledAt, daysBefore(now, ENDED_LASTS_DAYS)),
        ),
      )
      .limit(BATCH),
  );
  for (const { id } of unmailed) await settleActivationRequest(context, id);
  return unmailed.length;
}
