import { auditLog } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";

type Actor =
  | { kind: "user"; userId: string }
  | { kind: "api_key"; keyId: string }
  | { kind: "system" }
  | { kind: "visitor" };

export type AuditEntry = {
  actor: Actor;
  accountId?: string;
  partnerId?: string;
  /** noun.verb, e.g. `request.cancel`. */
  action: string;
  subject: { kind: string; id?: string };
  outcome?: "done" | "refused";
  /** No secrets, no addresses. */
  detail?: Record<string, unknown>;
};

/** Writes one row in the caller's transaction, so that a change and its record stand or fall together. */
export async function writeAudit(tx: ScopedTransaction, entry: AuditEntry): Promise<void> {
  const { actor } = entry;
  await tx.insert(auditLog).values({
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : actor.kind === "api_key" ? actor.keyId : null,
    accountId: entry.accountId,
    partnerId: entry.partnerId,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    outcome: entry.outcome ?? "done",
    detail: entry.detail ?? {},
  });
}
