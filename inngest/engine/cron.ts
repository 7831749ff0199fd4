import type { EngineContext } from "./context";
import type { Database, Transaction } from "./database";
import { takeIn } from "./intake";
import { type CronExpression, nextCronAt } from "./registry";
import { addWakeUp } from "./wake-up";

export type CronId = { functionId: string; expression: string };

/** Sets the alarm of every cron trigger; the stored next firing of a known one is kept, so a missed one fires once. */
export async function scheduleCrons(ctx: EngineContext): Promise<void> {
  for (const fn of ctx.registry.values()) {
    for (const cron of fn.crons) {
      await ctx.database.transaction((tx) => scheduleCron(tx, fn.id, cron));
    }
  }
}

async function scheduleCron(tx: Transaction, functionId: string, cron: CronExpression): Promise<void> {
  const { rows } = await tx.query<{ nextAt: Date }>(
    `INSERT INTO engine.crons AS known (function_id, expression, next_at) VALUES ($1, $2, $3)
     ON CONFLICT (function_id, expression) DO UPDATE SET next_at = known.next_at RETURNING next_at AS "nextAt"`,
    [functionId, cron.text, nextCronAt(cron, new Date()).toISOString()],
  );
  for (const { nextAt } of rows) await addAlarm(tx, { functionId, expression: cron.text }, nextAt);
}

/**
 * Starts the run of a firing that is due. Several processes may try: the firing's time is in the event's id. Firings
 * missed while no worker ran are made up for by one run, not by all of them.
 */
export async function fireCron(ctx: EngineContext, id: CronId): Promise<void> {
  const cron = ctx.registry.get(id.functionId)?.crons.find((candidate) => candidate.text === id.expression);
  if (!cron || !ctx.startsRuns) return forgetCron(ctx.database, id);
  const slot = await findDueFiring(ctx.database, id);
  if (!slot) return;
  const event = {
    id: `cron:${id.functionId}:${id.expression}:${slot.toISOString()}`,
    name: "inngest/scheduled.timer",
    data: { cron: cron.text },
    ts: slot.getTime(),
  };
  await takeIn(ctx, [event], id.functionId);
  const next = nextCronAt(cron, new Date(Math.max(Date.now(), slot.getTime())));
  await ctx.database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      "UPDATE engine.crons SET next_at = $4 WHERE function_id = $1 AND expression = $2 AND next_at = $3",
      [id.functionId, id.expression, slot.toISOString(), next.toISOString()],
    );
    if (rowCount) await addAlarm(tx, id, next);
  });
}

async function findDueFiring(database: Database, id: CronId): Promise<Date | undefined> {
  const { rows } = await database.query<{ nextAt: Date }>(
    `SELECT next_at AS "nextAt" FROM engine.crons WHERE function_id = $1 AND expression = $2 AND next_at <= now()`,
    [id.functionId, id.expression],
  );
  return rows[0]?.nextAt;
}

/** A trigger that is gone from the code, or somebody else's now, loses its row when its alarm goes off for the last time. */
async function forgetCron(database: Database, id: CronId): Promise<void> {
  await database.query("DELETE FROM engine.crons WHERE function_id = $1 AND expression = $2", [
    id.functionId,
    id.expression,
  ]);
}

async function addAlarm(tx: Transaction, id: CronId, runAt: Date): Promise<void> {
  addWakeUp(tx, {
    task: "engine-cron",
    payload: id,
    jobKey: `cron:${id.functionId}:${id.expression}`,
    runAt,
  });
}
