import { and, eq, lt, notLike, sql } from "drizzle-orm";
import { activationRequests } from "@/db/schema";
import { settleActivationRequest } from "@/lib/activation/settle-activation-request";
import { ERASED_HOST } from "@/lib/profile/rules";
import { asSystem, type WorkerContext } from "@/lib/worker-context";

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
          eq(activationRequests.state, "settled"),
          lt(activationRequests.settledAt, new Date(now.getTime() - LATE_AFTER_MS)),
          // Whoever asked has been erased since, and the mail with them.
          notLike(activationRequests.notifiedEmail, `%@${ERASED_HOST}`),
          sql`not exists (select from outbox_mails m where m.subject_id = ${activationRequests.id} and m.kind = 'request_settled')`,
        ),
      )
      .limit(BATCH),
  );
  for (const { id } of unmailed) await settleActivationRequest(context, id);
  return unmailed.length;
}
