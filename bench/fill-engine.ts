import type { Sql } from "postgres";

/** Completed runs of yesterday, each with its event and two steps, as many runs leave them. */
export async function fillWithFinishedRuns(sql: Sql, count: number): Promise<void> {
  await sql`
    INSERT INTO engine.events (id, name, payload, received_at)
    SELECT 'old-' || n, 'old', '{"name":"old","data":{}}', now() - interval '1 day' FROM generate_series(1, ${count}::int) n`;
  await sql`
    INSERT INTO engine.runs (id, function_id, event_id, event, position, status, output, started_at, ended_at)
    SELECT 'old-' || n, 'test-trivial', 'old-' || n, '{"name":"old","data":{}}', n, 'completed', 'null',
           now() - interval '1 day', now() - interval '1 day' FROM generate_series(1, ${count}::int) n`;
  await sql`
    INSERT INTO engine.steps (run_id, id, state, position, result, settled_order, attempts)
    SELECT 'old-' || n, 'step-' || s, 'done', n, '{"type":"data","data":1}', s, 1
    FROM generate_series(1, ${count}::int) n, generate_series(1, 2) s`;
  await sql`VACUUM ANALYZE`;
}
