import { and, count, desc, eq, gt, isNull, or } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { ApiKeyScope } from "@/lib/partner/organization/roles";
import { auditActorOf, type PartnerActor } from "@/lib/platform/audit/partner-actor";
import { type AuditEntry, writeAudit } from "@/lib/platform/audit/write-audit";

type Writer = ScopedTransaction<"partner"> | ScopedTransaction<"system">;
type Partner = ScopedTransaction<"partner">;

/** Long enough to tell keys apart, too short to guess the rest from. */
const PREFIX_LENGTH = 8;
/** A key and its successor. */
const MAX_OF_A_NAME = 2;

export type IssuedKey = {
  partnerId: string;
  stage: string;
  name: string;
  scopes: ApiKeyScope[];
  /** null: until it is revoked. */
  expiresAt: Date | null;
};
export type ApiKeyView = {
  id: string;
  name: string;
  prefix: string;
  stage: string;
  scopes: ApiKeyScope[];
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  createdAt: string;
};

/** Makes a key, which is given back once and stored as a hash alone. In scope `partner` the policies judge the caller. */
export async function issueApiKey(
  tx: Writer,
  actor: AuditEntry["actor"],
  issued: IssuedKey,
): Promise<{ id: string; key: string }> {
  if (issued.expiresAt && issued.expiresAt <= new Date())
    throw new AppError("invalid_input", "the key's end is over already");
  const key = `${issued.stage === "production" ? "kp" : "kt"}_${randomToken()}`;
  const [row] = await tx
    .insert(apiKeys)
    .values({
      ...issued,
      createdBy: actor.kind === "user" ? actor.userId : null,
      prefix: key.slice(0, PREFIX_LENGTH),
      keyHash: sha256(key),
    })
    .returning({ id: apiKeys.id });
  if (!row) throw new AppError("conflict", "API key");
  await writeAudit(tx, {
    actor,
    partnerId: issued.partnerId,
    action: "api_key.create",
    subject: { kind: "api_key", id: row.id },
    detail: { scopes: issued.scopes },
  });
  return { id: row.id, key };
}

/**
 * Makes the successor of a key: the same name and scopes. Both are in force until the former one is revoked or ends.
 * Throws `not_found`, and `conflict` when the key has a successor already.
 */
export async function rotateApiKey(
  tx: Partner,
  actor: PartnerActor,
  keyId: string,
  expiresAt: Date | null,
): Promise<{ id: string; key: string }> {
  const [former] = await tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.id, keyId), eq(apiKeys.stage, actor.stage), isNull(apiKeys.revokedAt)))
    .for("update");
  if (!former) throw new AppError("not_found", "API key in force");
  const { partnerId, stage, name, scopes } = former;
  const [inForce] = await tx
    .select({ count: count() })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.stage, stage),
        eq(apiKeys.name, name),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, new Date())),
      ),
    );
  if ((inForce?.count ?? 0) >= MAX_OF_A_NAME)
    throw new AppError("conflict", `two keys named "${name}" are in force; revoke one first`);
  return issueApiKey(tx, auditActorOf(actor), { partnerId, stage, name, scopes, expiresAt });
}

/** Newest first, those that were revoked too. */
export async function listApiKeys(tx: Partner, actor: PartnerActor): Promise<ApiKeyView[]> {
  const rows = await tx
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.stage, actor.stage))
    .orderBy(desc(apiKeys.id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    stage: row.stage,
    scopes: row.scopes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** Ends a key at once; one that was revoked stays so. Throws `not_found`. */
export async function revokePartnerKey(tx: Partner, actor: PartnerActor, keyId: string): Promise<void> {
  const isKey = and(eq(apiKeys.id, keyId), eq(apiKeys.stage, actor.stage));
  const [key] = await tx.select({ revokedAt: apiKeys.revokedAt }).from(apiKeys).where(isKey);
  if (!key) throw new AppError("not_found", "API key");
  if (key.revokedAt) return;
  await tx.update(apiKeys).set({ revokedAt: new Date() }).where(isKey);
  await writeAudit(tx, {
    actor: auditActorOf(actor),
    partnerId: actor.partnerId,
    action: "api_key.revoke",
    subject: { kind: "api_key", id: keyId },
  });
}
