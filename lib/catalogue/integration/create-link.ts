import { eq } from "drizzle-orm";
import { activationLinks, integrations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { type AuditEntry, writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type NewLink = {
  /** The integration's slug. */
  integration: string;
  /** What the partner tells its links apart by. */
  label: string;
  expiresAt: Date | null;
};

type LinkOwner = { integrationId: string; partnerId: string; actor: AuditEntry["actor"] };

/** Gives the new link's token. */
async function insertLink(
  tx: SystemTransaction,
  { integrationId, partnerId, actor }: LinkOwner,
  link: { label: string; expiresAt: Date | null },
): Promise<string> {
  const token = randomToken(16);
  const [row] = await tx
    .insert(activationLinks)
    .values({ ...link, integrationId, partnerId, token, tokenHash: sha256(token) })
    .returning({ id: activationLinks.id });
  const subject = { kind: "activation_link", id: row?.id };
  await writeAudit(tx, { actor, partnerId, action: "link.create", subject });
  return token;
}

/** Gives the link's address. Throws `not_found` when there is no such integration. */
export async function createLink(context: WorkerContext, link: NewLink): Promise<URL> {
  return asSystem(context, "create link", async (tx) => {
    const [integration] = await tx.select().from(integrations).where(eq(integrations.slug, link.integration));
    if (!integration) throw new AppError("not_found", `integration "${link.integration}"`);
    const owner = { integrationId: integration.id, partnerId: integration.partnerId };
    const { label, expiresAt } = link;
    const token = await insertLink(tx, { ...owner, actor: { kind: "system" } }, { label, expiresAt });
    return new URL(`/a/${token}`, context.publicUrl);
  });
}
