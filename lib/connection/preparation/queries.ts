import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import {
  connectionCounters,
  connectionPreparations,
  connections,
  environments,
  integrations,
  preparationSteps,
  preparedUses,
} from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import type { PreparationOf, Prepared } from "@/lib/connectors/preparation";
import { getConnector } from "@/lib/connectors/registry";
import { listSteps, readChoices } from "./load-preparation";
import { isBusy } from "./rules";
import type { PreparationChoice, PreparationChoices, PreparationStepView, PreparationView } from "./schema";

/** What the steps of a connection's preparation found or made, by step; {} where nothing was prepared. */
export async function findPrepared(tx: SystemTransaction, connectionId: string): Promise<Prepared> {
  const rows = await tx
    .select({ step: preparationSteps.step, value: preparationSteps.value })
    .from(preparationSteps)
    .where(
      and(
        eq(preparationSteps.connectionId, connectionId),
        inArray(preparationSteps.state, ["done", "kept"]),
        isNotNull(preparationSteps.value),
      ),
    );
  return Object.fromEntries(rows.flatMap(({ step, value }) => (value === null ? [] : [[step, value]])));
}

/** What a connector's entities read of it, in the connector's own shape. */
export async function summarizePrepared(
  tx: SystemTransaction,
  connectionId: string,
  prepare: PreparationOf,
): Promise<unknown> {
  const [row] = await tx
    .select({ applied: connectionPreparations.applied })
    .from(connectionPreparations)
    .where(eq(connectionPreparations.connectionId, connectionId));
  return prepare.summarize(await findPrepared(tx, connectionId), row?.applied ?? {});
}

/** Whether rows of a connection were ever written: then their keys stand somewhere. */
export async function hasWritten(
  tx: ScopedTransaction<"customer"> | SystemTransaction,
  connectionId: string,
): Promise<boolean> {
  const [written] = await tx
    .select({ entity: connectionCounters.entity })
    .from(connectionCounters)
    .where(and(eq(connectionCounters.connectionId, connectionId), eq(connectionCounters.outcome, "written")))
    .limit(1);
  return written !== undefined;
}

/** Whether a live connection in this environment uses a thing that one connection has alone. */
export async function isUsedAlone(
  tx: SystemTransaction,
  { connector, stage, externalId }: { connector: string; stage: string; externalId: string },
  thing: string,
): Promise<boolean> {
  const [used] = await tx
    .select({ thing: preparedUses.thing })
    .from(preparedUses)
    .innerJoin(environments, eq(environments.id, preparedUses.environmentId))
    .where(
      and(
        eq(environments.connector, connector),
        eq(environments.stage, stage),
        eq(environments.externalId, externalId),
        eq(preparedUses.thing, thing),
        eq(preparedUses.isExclusive, true),
        isNull(preparedUses.releasedAt),
      ),
    )
    .limit(1);
  return used !== undefined;
}

/** The preparation of a connection as its customer sees it; null where nothing is prepared. */
export async function findPreparationView(
  tx: ScopedTransaction<"customer">,
  connectionId: string,
): Promise<PreparationView | null> {
  const [row] = await tx
    .select({ preparation: connectionPreparations, connector: integrations.connector })
    .from(connectionPreparations)
    .innerJoin(connections, eq(connections.id, connectionPreparations.connectionId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(eq(connectionPreparations.connectionId, connectionId));
  const prepare = row && getConnector(row.connector).prepare;
  if (!row || !prepare) return null;
  const { preparation } = row;
  const made = await tx
    .select({ thing: preparedUses.thing })
    .from(preparedUses)
    .where(
      and(
        eq(preparedUses.connectionId, connectionId),
        eq(preparedUses.isOurs, true),
        isNull(preparedUses.releasedAt),
      ),
    )
    .orderBy(preparedUses.thing);
  return {
    state: preparation.state,
    isBusy: isBusy(preparation, new Date()),
    steps: (await listSteps(tx, connectionId)).map((step) => toStepView(step, prepare)),
    choices: listChoices(prepare, preparation.choices),
    isFixed: await hasWritten(tx, connectionId),
    removable: made.map(({ thing }) => thing),
  };
}

function toStepView(
  { step, state, because, value, endedAt, answer }: typeof preparationSteps.$inferSelect,
  { causes }: PreparationOf,
): PreparationStepView {
  const mendedBy = because !== null && Object.hasOwn(causes, because) ? (causes[because] ?? null) : null;
  return { id: step, state, because, mendedBy, value, endedAt: endedAt?.toISOString() ?? null, answer };
}

/** What the customer may choose, in the connector's order. */
function listChoices(prepare: PreparationOf, chosen: PreparationChoices): PreparationChoice[] {
  const values = readChoices(prepare, chosen);
  return Object.entries(prepare.choices.shape).map(([name, field]) => ({
    name,
    value: values[name] ?? "",
    options: findOptions(field),
  }));
}

/** The values of an enum under its default; null where text is entered. */
function findOptions(field: unknown): string[] | null {
  if (field instanceof z.ZodDefault) return findOptions(field.unwrap());
  return field instanceof z.ZodEnum ? field.options.map(String) : null;
}
