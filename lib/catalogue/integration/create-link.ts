import { eq } from "drizzle-orm";
import { activationLinks, integrations } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type NewLink = {
  /** The integration's slug. */
  integration: string;
  /** What the partner tells its links apart by. */
  label: string;
  expiresAt: Date | null;
};

/** Gives the link's address. Throws `not_found` when there is no such integration. */
export async function createLink(context: WorkerContext, link: NewLink): Promise<URL> {
  return asSystem(context, "create link", async (tx) => {
    const [integration] = await tx.select().from(integrations).where(eq(integrations.slug, link.integration));
    if (!integration) throw new AppError("not_found", `integration "${link.integration}"`);
    const token = randomToken(16);
    const { id: integrationId, partnerId } = integration;
    const values = { integrationId, partnerId, label: link.label, token, tokenHash: sha256(token) };
    const [row] = await tx
      .insert(activationLinks)
      .values({ ...values, expiresAt: link.expiresAt })
      .returning({ id: activationLinks.id });
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId,
      action: "link.create",
      subject: { kind: "activation_link", id: row?.id },
    });
    return new URL(`/a/${token}`, context.publicUrl);
  });
}
