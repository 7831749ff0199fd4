import { expect, test } from "vitest";
import { openDatabase } from "./database";
import { createEngineDatabase } from "./engine-fixture";
import { prune } from "./maintenance";

test("pruning forgets what ended a month ago, and keeps what is younger or still runs", async () => {
  const { sql, url, drop } = await createEngineDatabase();
  const database = openDatabase(url, 1, () => {});
  await sql`INSERT INTO engine.events (id, name, payload, received_at)
    VALUES ('old', 'e', '{}', now() - interval '31 days'), ('young', 'e', '{}', now() - interval '29 days')`;
  await sql`INSERT INTO engine.runs (id, function_id, event_id, event, position, status, started_at, ended_at) VALUES
    ('old', 'f', '1', '{}', 1, 'completed', now() - interval '40 days', now() - interval '31 days'),
    ('young', 'f', '2', '{}', 1, 'failed', now() - interval '40 days', now() - interval '29 days'),
    ('open', 'f', '3', '{}', 1, 'running', now() - interval '40 days', NULL)`;
  await sql`SELECT graphile_worker.add_job('engine-call', max_attempts => 1), graphile_worker.add_job('other', max_attempts => 1)`;
  await sql`UPDATE graphile_worker._private_jobs SET attempts = 1`;
  await prune(database);
  const ids = async (query: PromiseLike<Iterable<{ id?: string }>>) =>
    Array.from(await query, (row) => row.id);
  expect(await ids(sql`SELECT id FROM engine.events`)).toEqual(["young"]);
  expect(await ids(sql`SELECT id FROM engine.runs ORDER BY id`)).toEqual(["open", "young"]);
  expect(await ids(sql`SELECT task_identifier AS id FROM graphile_worker.jobs`)).toEqual(["other"]);
  await database.pool.end();
  await drop();
});
