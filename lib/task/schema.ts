/** Each kind names the table of its subject, and has words on the operator's page that say what to do. */
export const TASK_KINDS = [
  /** candidates: the vendor refused to take back a key that was not activated. */
  "release_refused",
  /** activations: the vendor's answer was lost; a key may exist that nobody holds. */
  "answer_lost",
  /** connections: the key is still accepted by the vendor after the connection was ended. */
  "key_still_works",
  /** sealed_secrets: a key that belongs to nothing which is alive. */
  "key_without_owner",
  /** outbox_mails: given up, the customer or the partner never got it. */
  "mail_failed",
  /** activation_requests: neither settled nor worked on, and reviving it did not help. */
  "request_stuck",
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
