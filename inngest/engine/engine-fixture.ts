import postgres, { type Sql } from "postgres";
import { expect } from "vitest";
import { createCopyOf } from "@/testing/postgres";
import { waitFor } from "@/testing/wait-for";
import { type Engine, type EngineOptions, migrateEngine } from ".";
import { createTestEngine, type Define, type TestClient } from "./test-engine";

export type TestDatabase = { url: string; sql: Sql; drop(): Promise<void> };

export async function createEngineDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createCopyOf("engine_alone", migrateEngine);
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  return {
    url,
    sql,
    async drop() {
      await sql.end({ timeout: 5 });
      await drop();
    },
  };
}

/** Runs `act` against a started engine and stops the engine afterwards, whatever happened. */
export async function withEngine(
  database: TestDatabase,
  define: Define,
  act: (context: { inngest: TestClient; engine: Engine; sql: Sql }) => Promise<void>,
  options: Partial<EngineOptions> = {},
): Promise<void> {
  const { inngest, engine } = createTestEngine(database.url, define, options);
  try {
    await engine.start();
    await act({ inngest, engine, sql: database.sql });
  } finally {
    await engine.stop();
  }
}

const PATIENCE_MS = 20_000;

/** `expect.poll` with patience for a busy machine. */
export function poll<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: PATIENCE_MS, interval: 10 });
}

type EndedRun = { status: string; output: unknown; error: { message: string } | null };

/** The status, output and error of a function's only run, once it has ended. */
export function endedRun(sql: Sql, functionId: string): Promise<EndedRun> {
  const check = async () => {
    const [run, ...others] = await sql<EndedRun[]>`
      SELECT status, output, error FROM engine.runs WHERE function_id = ${`test-${functionId}`} AND status <> 'running'`;
    if (!run || others.length > 0) throw new Error(`${functionId}: not one ended run`);
    return run;
  };
  return waitFor(check, { timeout: PATIENCE_MS, interval: 10 });
}

/** How many runs of a function are in a status. */
export function countRuns(sql: Sql, functionId: string, status: string) {
  return sql<{ count: number }[]>`
    SELECT count(*)::int FROM engine.runs WHERE function_id = ${`test-${functionId}`} AND status = ${status}`.then(
    ([row]) => row?.count,
  );
}
