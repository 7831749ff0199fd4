import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { endUnansweredDeclines } from "./end-unanswered-declines";
import { mailSettledRequests } from "./mail-settled-requests";
import { openTasksForFailedMails } from "./open-tasks-for-failed-mails";
import { openTasksForLostAnswers } from "./open-tasks-for-lost-answers";
import { openTasksForOwnerlessKeys } from "./open-tasks-for-ownerless-keys";
import { openTasksForStuckRequests } from "./open-tasks-for-stuck-requests";

/** How much of each was found, and either put right or named to the operator. */
export type ReconcileResult = {
  /** Vendor calls without an answer that nothing depends on any more. */
  declines: number;
  /** Activations whose vendor call was never answered, and that had no task. */
  lostAnswers: number;
  /** Sealed secrets whose owner is gone or has ended. */
  ownerlessKeys: number;
  /** Requests that do not go on although they were taken up again. */
  stuckRequests: number;
  /** Settled requests that had no mail. */
  unmailedRequests: number;
  /** Mails that failed without anybody being told. */
  failedMails: number;
};

/**
 * Compares what is with what ought to be, at a worker's start and every hour. The sweep of every five minutes comes first and
 * revives what was merely forgotten; what is found here resisted that, or is nothing that it looks for. Everything may run at
 * any time and twice.
 */
export async function reconcile(context: WorkerContext, now = new Date()): Promise<ReconcileResult> {
  const result = {
    declines: await asSystem(context, "end declines", (tx) => endUnansweredDeclines(tx, now)),
    lostAnswers: await asSystem(context, "name lost answers", openTasksForLostAnswers),
    ownerlessKeys: await asSystem(context, "name ownerless keys", (tx) => openTasksForOwnerlessKeys(tx, now)),
    stuckRequests: await asSystem(context, "name stuck requests", (tx) => openTasksForStuckRequests(tx, now)),
    unmailedRequests: await mailSettledRequests(context, now),
    failedMails: await asSystem(context, "name failed mails", openTasksForFailedMails),
  };
  if (Object.values(result).some((count) => count > 0)) context.log.warn(result, "reconciled");
  return result;
}
