import { auditLog } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { AuditAction, AuditDetails, RefusedDetail } from "./actions";

type Actor =
  | { kind: "user"; userId: string }
  | { kind: "api_key"; keyId: string }
  | { kind: "system" }
  | { kind: "visitor" };

type Entry = {
  actor: Actor;
  accountId?: string;
  partnerId?: string;
  subject: { kind: string; id?: string };
};

/** What was done, with the detail of its action; without one for an action that has none. */
type DoneEntry<A extends AuditAction = AuditAction> = Entry & {
  outcome?: "done";
  action: A;
} & (Record<string, never> extends AuditDetails[A]
    ? { detail?: AuditDetails[A] }
    : { detail: AuditDetails[A] });

/** What was tried and refused. */
export type RefusedEntry = Entry & { outcome: "refused"; action: AuditAction; detail?: RefusedDetail };

export type AuditEntry<A extends AuditAction = AuditAction> = DoneEntry<A> | RefusedEntry;

/** Writes one row in the caller's transaction, so that a change and its record stand or fall together. */
export async function writeAudit<A extends AuditAction>(
  tx: ScopedTransaction,
  entry: AuditEntry<A>,
): Promise<void> {
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
