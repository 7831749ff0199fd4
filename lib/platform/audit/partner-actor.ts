import type { AuditEntry } from "./write-audit";

/** In whose name a partner's rows are changed: a key of its software, or one of its members on a page. */
export type PartnerActor = { partnerId: string; stage: string } & ({ keyId: string } | { userId: string });

/** The actor as the audit log names it. */
export function auditActorOf(actor: PartnerActor): AuditEntry["actor"] {
  return "keyId" in actor ? { kind: "api_key", keyId: actor.keyId } : { kind: "user", userId: actor.userId };
}
