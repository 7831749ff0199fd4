import { eq } from "drizzle-orm";
import { apiKeys, partners } from "@/db/schema";
import type { Stage } from "@/lib/connectors/context";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** Long enough to tell keys apart, too short to guess the rest from. */
const PREFIX_LENGTH = 8;

export type NewApiKey = {
  /** The partner's slug. */
  partner: string;
  stage: Stage;
  name: string;
};

/** Gives the key, which is stored as a hash alone: nobody can show it again. Throws `not_found` without the partner. */
export async function createApiKey(
  context: WorkerContext,
  { partner, stage, name }: NewApiKey,
): Promise<string> {
  return asSystem(context, "create API key", async (tx) => {
    const [owner] = await tx.select({ id: partners.id }).from(partners).where(eq(partners.slug, partner));
    if (!owner) throw new AppError("not_found", `partner "${partner}"`);
    const key = `${stage === "production" ? "kp" : "kt"}_${randomToken()}`;
    const values = { stage, name, prefix: key.slice(0, PREFIX_LENGTH), keyHash: sha256(key) };
    const [row] = await tx
      .insert(apiKeys)
      .values({ ...values, partnerId: owner.id })
      .returning({ id: apiKeys.id });
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId: owner.id,
      action: "api_key.create",
      subject: { kind: "api_key", id: row?.id },
    });
    return key;
  });
}
