import { asc, eq } from "drizzle-orm";
import { connectionPreparations, preparationSteps } from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { type LoadedConnection, loadConnection } from "@/lib/connection/lifecycle/load-connection";
import { findStop } from "@/lib/connection/lifecycle/permissions";
import type { PreparationNeeds, PreparationOf } from "@/lib/connectors/preparation";
import { getConnector } from "@/lib/connectors/registry";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type LoadedPreparation = {
  connection: LoadedConnection;
  secret: string;
  prepare: PreparationOf;
  needs: PreparationNeeds;
};

/** null: the connection has ended, is paused, has no key that can be used, or its connector prepares nothing. */
export async function loadPreparation(
  context: WorkerContext,
  connectionId: string,
): Promise<LoadedPreparation | null> {
  const connection = await loadConnection(context, connectionId);
  const { prepare } = getConnector(connection.connector);
  const { secret } = connection;
  if (!prepare || secret === null || findStop("prepare", connection, connection.holds, new Date()))
    return null;
  const row = await asSystem(context, "read preparation", (tx) => findPreparation(tx, connectionId));
  if (!row) return null;
  const choices = readChoices(prepare, row.choices);
  return { connection, secret, prepare, needs: { rights: connection.asked, choices } };
}

/** What was chosen, with the defaults of the rest. */
export function readChoices(
  { choices }: Pick<PreparationOf, "choices">,
  chosen: Readonly<Record<string, string>>,
): Record<string, string> {
  const read = choices.safeParse(chosen);
  const values = read.success ? read.data : choices.parse({});
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

async function findPreparation(tx: SystemTransaction, connectionId: string) {
  const [row] = await tx
    .select()
    .from(connectionPreparations)
    .where(eq(connectionPreparations.connectionId, connectionId));
  return row ?? null;
}

/** The steps of a connection in their order. */
export async function listSteps(tx: SystemTransaction | ScopedTransaction<"customer">, connectionId: string) {
  return tx
    .select()
    .from(preparationSteps)
    .where(eq(preparationSteps.connectionId, connectionId))
    .orderBy(asc(preparationSteps.position));
}
