import { and, eq, isNull } from "drizzle-orm";
import { apiKeys, partners } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** Ends the partner's key with these first characters at once. Throws `not_found` when none is in force, `conflict` when two are. */
export async function revokeApiKey(
  context: WorkerContext,
  { partner, prefix }: { partner: string; prefix: string },
): Promise<void> {
  await asSystem(context, "revoke API key", async (tx) => {
    const rows = await tx
      .select({ id: apiKeys.id, partnerId: apiKeys.partnerId })
      .from(apiKeys)
      .innerJoin(partners, eq(partners.id, apiKeys.partnerId))
      .where(and(eq(partners.slug, partner), eq(apiKeys.prefix, prefix), isNull(apiKeys.revokedAt)));
    const [key, another] = rows;
    if (!key)
      throw new AppError("not_found", `"${partner}" has no key in force that begins with "${prefix}"`);
    if (another) throw new AppError("conflict", `"${partner}" has two keys that begin with "${prefix}"`);
    await tx.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, key.id));
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId: key.partnerId,
      action: "api_key.revoke",
      subject: { kind: "api_key", id: key.id },
    });
  });
}
