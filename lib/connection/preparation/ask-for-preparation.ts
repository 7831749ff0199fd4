import { eq } from "drizzle-orm";
import { connectionPreparations, connections, integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { readChoices } from "./load-preparation";
import { hasWritten } from "./queries";
import type { PreparationChoices } from "./schema";

async function findOwn(tx: ScopedTransaction<"customer">, connectionId: string) {
  const [row] = await tx
    .select({
      preparation: connectionPreparations,
      state: connections.state,
      connector: integrations.connector,
    })
    .from(connectionPreparations)
    .innerJoin(connections, eq(connections.id, connectionPreparations.connectionId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(eq(connectionPreparations.connectionId, connectionId));
  if (!row) throw new AppError("not_found", "preparation");
  if (!isLive(row.state)) throw new AppError("conflict", "the connection has ended");
  return row;
}

/** Has the vendor system made ready again, by the worker. Throws `not_found` outside the account, `conflict` when it has ended. */
export async function askForPreparation(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const { preparation } = await findOwn(tx, connectionId);
  await begin(tx, preparation, preparation.choices);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: preparation.partnerId,
    action: "connection.prepare",
    subject: { kind: "connection", id: connectionId },
  });
}

/**
 * Stores what the customer chose for the preparation, and has it done anew. Gives the names of choices whose value does not
 * fit; [] when they were stored. Throws `conflict` once rows were written: their keys stay where they are.
 */
export async function chooseForPreparation(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { connectionId, choices }: { connectionId: string; choices: PreparationChoices },
): Promise<string[]> {
  const { preparation, connector } = await findOwn(tx, connectionId);
  const { prepare } = getConnector(connector);
  if (!prepare) throw new AppError("not_found", "preparation");
  const read = prepare.choices.safeParse(choices);
  if (!read.success) return read.error.issues.map((issue) => String(issue.path[0] ?? ""));
  if (await hasWritten(tx, connectionId)) throw new AppError("conflict", "rows were written already");
  const chosen = readChoices(prepare, choices);
  const before = readChoices(prepare, preparation.choices);
  await begin(tx, preparation, chosen);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: preparation.partnerId,
    action: "connection.choose_preparation",
    subject: { kind: "connection", id: connectionId },
    detail: { changed: Object.keys(chosen).filter((name) => chosen[name] !== before[name]) },
  });
  return [];
}

async function begin(
  tx: ScopedTransaction<"customer">,
  { connectionId, environmentId }: typeof connectionPreparations.$inferSelect,
  choices: PreparationChoices,
): Promise<void> {
  const now = new Date();
  await tx
    .update(connectionPreparations)
    .set({ state: "pending", choices, wantedAt: now, nextTryAt: now })
    .where(eq(connectionPreparations.connectionId, connectionId));
  await enqueueEvent(tx, "connection/preparation.wanted", { connectionId, environmentId });
}
