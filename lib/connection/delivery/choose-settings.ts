import { eq, sql } from "drizzle-orm";
import { connections, deliveryQueues, entitySettings, integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { EntityId } from "@/lib/connectors/entity";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { findEntitySettings } from "./queries";

type Chosen = { connectionId: string; entity: EntityId; settings: Readonly<Record<string, string>> };

/** The names of the settings whose value does not fit; [] when they were stored. */
export type SettingsTrouble = string[];

/**
 * Stores what the customer chose for an entity of a connection; an empty value means the default. Rows that wait for settings
 * go on by themselves. What was written already is not written again. Throws `not_found` for another account's connection.
 */
export async function chooseSettings(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { connectionId, entity: entityId, settings }: Chosen,
): Promise<SettingsTrouble> {
  const [row] = await tx
    .select({ partnerId: connections.partnerId, connector: integrations.connector })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(eq(connections.id, connectionId));
  const entities = row ? (getConnector(row.connector).entities ?? {}) : {};
  const entity = Object.hasOwn(entities, entityId) ? entities[entityId] : undefined;
  if (!row || !entity) throw new AppError("not_found", "entity of a connection");
  const chosen = Object.fromEntries(Object.entries(settings).filter(([, value]) => value.trim() !== ""));
  const read = entity.settings.safeParse(chosen);
  if (!read.success) return read.error.issues.map((issue) => String(issue.path[0] ?? ""));
  const before = (await findEntitySettings(tx, connectionId, entityId))?.settings ?? {};
  const changed = [...new Set([...Object.keys(before), ...Object.keys(chosen)])].filter(
    (name) => before[name] !== chosen[name],
  );
  const stored = { settings: chosen, changedAt: new Date() };
  await tx
    .insert(entitySettings)
    .values({
      ...{ connectionId, partnerId: row.partnerId, accountId: viewer.accountId },
      entity: entityId,
      ...stored,
    })
    .onConflictDoUpdate({ target: [entitySettings.connectionId, entitySettings.entity], set: stored });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: row.partnerId,
    action: "delivery.settings",
    subject: { kind: "connection", id: connectionId },
    detail: { entity: entityId, changed },
  });
  const [queue] = await tx
    .update(deliveryQueues)
    .set({ dueAt: sql`least(due_at, now())` })
    .where(eq(deliveryQueues.connectionId, connectionId))
    .returning({ vendorApplicationId: deliveryQueues.vendorApplicationId });
  if (queue) await enqueueEvent(tx, "delivery/rows.waiting", queue);
  return [];
}
