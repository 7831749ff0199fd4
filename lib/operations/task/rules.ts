import type { TaskKind } from "@/lib/platform/task/schema";

/** What the worker can simply do once more, and that may go well now. Everything else needs a person first. */
const RETRYABLE: readonly TaskKind[] = ["release_refused", "mail_failed", "request_stuck"];
/** A try that was asked for is given this long before it is asked for again. */
const RETRY_RESTS_MS = 60_000;

type Task = { kind: TaskKind; resolvedAt: Date | null };

export function canRetry(task: Task): boolean {
  return task.resolvedAt === null && RETRYABLE.includes(task.kind);
}

export function isRetryDue(retriedAt: Date | null, now: Date): boolean {
  return retriedAt === null || now.getTime() - retriedAt.getTime() > RETRY_RESTS_MS;
}
