import { eq } from "drizzle-orm";
import { apiKeys, partners } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Stage } from "@/lib/connectors/context";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { ApiKeyScope } from "@/lib/partner/organization/roles";
import { type AuditEntry, writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** Long enough to tell keys apart, too short to guess the rest from. */
const PREFIX_LENGTH = 8;

export type NewApiKey = {
  /** The partner's slug. */
  partner: string;
  stage: Stage;
  name: string;
};
type KeyOwner = { partnerId: string; actor: AuditEntry["actor"] };
type KeyValues = { stage: Stage; name: string; scopes?: ApiKeyScope[]; expiresAt?: Date | null };

/** Gives the key, which is stored as a hash alone: nobody can show it again. In scope `partner` the policies judge the caller. */
export async function insertApiKey(
  tx: ScopedTransaction<"system"> | ScopedTransaction<"partner">,
  { partnerId, actor }: KeyOwner,
  { stage, ...rest }: KeyValues,
): Promise<string> {
  const key = `${stage === "production" ? "kp" : "kt"}_${randomToken()}`;
  const createdBy = actor.kind === "user" ? actor.userId : null;
  const [row] = await tx
    .insert(apiKeys)
    .values({
      ...rest,
      stage,
      partnerId,
      createdBy,
      prefix: key.slice(0, PREFIX_LENGTH),
      keyHash: sha256(key),
    })
    .returning({ id: apiKeys.id });
  await writeAudit(tx, {
    actor,
    partnerId,
    action: "api_key.create",
    subject: { kind: "api_key", id: row?.id },
  });
  return key;
}

/** As the operator, for a partner by its slug. Throws `not_found` without the partner. */
export async function createApiKey(
  context: WorkerContext,
  { partner, ...values }: NewApiKey,
): Promise<string> {
  return asSystem(context, "create API key", async (tx) => {
    const [owner] = await tx.select({ id: partners.id }).from(partners).where(eq(partners.slug, partner));
    if (!owner) throw new AppError("not_found", `partner "${partner}"`);
    return insertApiKey(tx, { partnerId: owner.id, actor: { kind: "system" } }, values);
  });
}
