import { and, eq } from "drizzle-orm";
import { activations, candidates, connections, integrations } from "@/db/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { GrantWithApplication } from "./get-grant-with-application";
import { type KeyGrantingVendor, openGrantedKey } from "./granted-keys";
import { replaceDeadKey } from "./replace-dead-key";

/**
 * A connection of this account that was ended at the vendor comes back with a fresh consent for its environment: the new
 * key goes to it, and it is checked again. Nothing is activated anew. The key of one that is ended here meanwhile stays
 * with the consent.
 */
export async function reconnect(
  context: WorkerContext,
  { grant, application }: GrantWithApplication,
  keyVendor: KeyGrantingVendor,
): Promise<void> {
  const ended = await asSystem(context, "find ended connections", async (tx) => {
    const rows = await tx
      .select({ held: candidates, connectionId: connections.id })
      .from(candidates)
      .innerJoin(activations, eq(activations.externalId, candidates.externalId))
      .innerJoin(connections, eq(connections.activationId, activations.id))
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .where(
        and(
          eq(candidates.grantId, grant.id),
          eq(candidates.keyState, "held"),
          eq(integrations.vendorApplicationId, application.id),
          eq(connections.accountId, grant.accountId),
          eq(connections.attention, "disconnected"),
        ),
      );
    return Promise.all(
      rows.map(async (row) => ({ ...row, key: await openGrantedKey(tx, context, row.held) })),
    );
  });
  for (const one of ended)
    await replaceDeadKey(context, { ...one, vendorApplicationId: application.id }, keyVendor);
}
