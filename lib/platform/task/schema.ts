import { z } from "zod";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { writtenLines } from "@/lib/core/written-text";

/** Each kind names the table of its subject, and has words on the operator's page that say what to do. */
export const TASK_KINDS = [
  /** candidates: the vendor refused to take back a key that was not activated. */
  "release_refused",
  /** activations: the vendor's answer was lost; a key may exist that nobody holds. */
  "answer_lost",
  /** grants: the vendor's answer to a consent was lost, and with it the keys that it may have issued. */
  "granted_keys_lost",
  /** connections: the key was not seen to die after the connection was ended, and our copy of it is gone. */
  "key_still_works",
  /** connections: it was used after it had ended, with a revoked key or by the vendor's own word. */
  "ended_key_used",
  /** sealed_secrets: a key that belongs to nothing which is alive. */
  "key_without_owner",
  /** outbox_mails: given up, the customer or the partner never got it. */
  "mail_failed",
  /** activation_requests: neither settled nor worked on, and reviving it did not help. */
  "request_stuck",
  /** vendor_applications: the vendor does not accept its secret, its own key or its subscription key. */
  "application_refused",
  /** vendor_applications: the vendor has nothing at the address and version of its settings. */
  "version_ended",
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** Of the open tasks, or of those that are over. */
export const TASK_SIDES = ["open", "resolved"] as const;
export type TaskSide = (typeof TASK_SIDES)[number];

/** What can be asked of the list; what makes no sense is left out. */
export const taskFilter = z.object({
  side: z.enum(TASK_SIDES).catch("open"),
  kind: z.enum(TASK_KINDS).optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
});
export type TaskFilter = z.infer<typeof taskFilter>;

/** What the person who resolves a task says was done, in a sentence or a few. */
export const taskResolution = writtenLines(500);

export type TaskSummary = {
  id: string;
  kind: TaskKind;
  /** Whose integration it concerns; null when it concerns none. */
  integration: { slug: string; partnerName: string; connectorName: string } | null;
  /** ISO times: when it was found first and last, and when it was over. */
  since: string;
  foundAt: string;
  resolvedAt: string | null;
};

/** A task's subject as an operator may see it: names of columns with their values, no names of people or companies. */
export type TaskFact = { name: TaskFactName; value: string };
export const TASK_FACT_NAMES = [
  "subjectId",
  "requestId",
  "requestState",
  "activationState",
  "failureReason",
  "connectionState",
  "keyState",
  "mailKind",
  "recipient",
  "tries",
  "lastError",
] as const;
export type TaskFactName = (typeof TASK_FACT_NAMES)[number];

export type TaskView = TaskSummary & {
  vendorAnswer: VendorAnswer | null;
  facts: TaskFact[];
  /** Whether having it tried once more may help; false once it is over. */
  canRetry: boolean;
  retriedAt: string | null;
  /** The operator who resolved it; null when the trouble went away by itself. */
  resolvedBy: string | null;
  resolution: string | null;
};

export type TaskListView = {
  filter: TaskFilter;
  tasks: TaskSummary[];
  nextCursor: string | null;
  /** Open tasks of each kind that there are any of. */
  openCounts: Partial<Record<TaskKind, number>>;
};
