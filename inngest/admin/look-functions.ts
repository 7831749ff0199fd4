import type { AdminFunction } from "./admin-function";
import { IS_ERROR } from "./redact-functions";

const MAX_ROWS = 200;

const RUN_COLUMNS = `id text, function_id text, status text, event_name text, subjects jsonb, started_at timestamptz,
  ended_at timestamptz, error_name text, error_message text, waits_for text, waits_for_name text, waits_until timestamptz`;

/** A run with what it waits for: of several things the one that shows most of why it stands still. */
const SELECT_RUN = `
  SELECT runs.id, runs.function_id, runs.status, runs.event ->> 'name', engine_admin.subjects(runs.event), runs.started_at, runs.ended_at,
         left(runs.error ->> 'name', 80), engine_admin.redact(runs.error ->> 'message'), w.kind, w.name, w.until
  FROM engine.runs LEFT JOIN LATERAL (
    SELECT CASE WHEN c.parked_on IS NOT NULL THEN 'slot' WHEN j.run_at > now() THEN 'retry' ELSE 'worker' END AS kind,
           s.name, CASE WHEN j.run_at > now() THEN j.run_at END AS until, 0 AS rank
    FROM engine.calls c LEFT JOIN engine.steps s ON s.run_id = c.run_id AND s.id = c.step_id
    LEFT JOIN graphile_worker._private_jobs j ON j.key = 'call:' || c.run_id || ':' || c.step_id
    WHERE c.run_id = runs.id AND c.lease IS NULL
    UNION ALL
    SELECT CASE WHEN s.state = 'sleeping' THEN 'sleep' WHEN s.invoked_run_id IS NOT NULL THEN 'invoke' ELSE 'event' END,
           coalesce(s.event_name, s.name), s.due_at, 1
    FROM engine.steps s
    WHERE s.run_id = runs.id AND s.state IN ('sleeping', 'waiting')
      AND NOT EXISTS (SELECT 1 FROM engine.calls c WHERE c.run_id = runs.id AND c.lease IS NOT NULL)
    ORDER BY rank LIMIT 1) AS w ON runs.status = 'running'`;

const look = (name: string, args: string, columns: string, body: string): AdminFunction => ({
  signature: `${name}(${args.replace(/\w+ (\w+)/g, "$1")})`,
  definition: `CREATE FUNCTION engine_admin.${name}(${args}) RETURNS TABLE (${columns})
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan
    AS $$ #variable_conflict use_column
    BEGIN RETURN QUERY ${body}; END $$`,
});

export const LOOK_FUNCTIONS: readonly AdminFunction[] = [
  look(
    "list_runs",
    "of_function text, of_status text, before_id text, max_rows integer",
    RUN_COLUMNS,
    `${SELECT_RUN}
     WHERE (of_function IS NULL OR runs.function_id = of_function) AND (of_status IS NULL OR runs.status = of_status)
       AND (before_id IS NULL OR runs.id < before_id)
     ORDER BY runs.id DESC LIMIT least(greatest(max_rows, 1), ${MAX_ROWS})`,
  ),
  look("find_run", "of_id text", RUN_COLUMNS, `${SELECT_RUN} WHERE runs.id = of_id`),
  look(
    "list_steps",
    "of_run text",
    `name text, state text, attempts integer, opened_at timestamptz, settled_at timestamptz, due_at timestamptz,
     event_name text, invoked_run_id text, error_name text, error_message text`,
    `SELECT s.name, CASE WHEN s.${IS_ERROR} THEN 'failed' ELSE s.state END,
            coalesce(s.attempts, c.attempt + 1), s.opened_at, s.settled_at, s.due_at, s.event_name, s.invoked_run_id,
            CASE WHEN s.${IS_ERROR} THEN left(s.result -> 'error' ->> 'name', 80) END,
            CASE WHEN s.${IS_ERROR} THEN engine_admin.redact(s.result -> 'error' ->> 'message') END
     FROM engine.steps s LEFT JOIN engine.calls c ON c.run_id = s.run_id AND c.step_id = s.id
     WHERE s.run_id = of_run ORDER BY s.opened_at, s.settled_order NULLS LAST, s.id`,
  ),
  look(
    "list_failures",
    "of_run text",
    `step_name text, attempt integer, failed_at timestamptz, retry_at timestamptz, error_name text, error_message text`,
    `SELECT f.step_name, f.attempt + 1, f.failed_at, f.retry_at, left(f.error ->> 'name', 80), engine_admin.redact(f.error ->> 'message')
     FROM engine.failures f WHERE f.run_id = of_run ORDER BY f.id`,
  ),
  look(
    "list_functions",
    "",
    "function_id text, running bigint, failed_last_day bigint",
    // One look into the index for each function, however many runs it has.
    `WITH RECURSIVE names AS (
       (SELECT runs.function_id AS id FROM engine.runs ORDER BY 1 LIMIT 1)
       UNION ALL
       SELECT (SELECT runs.function_id FROM engine.runs WHERE runs.function_id > names.id ORDER BY 1 LIMIT 1)
       FROM names WHERE names.id IS NOT NULL)
     SELECT names.id,
            (SELECT count(*) FROM engine.runs r WHERE r.function_id = names.id AND r.status = 'running'),
            (SELECT count(*) FROM engine.runs r WHERE r.function_id = names.id AND r.status = 'failed' AND r.ended_at > now() - interval '1 day')
     FROM names WHERE names.id IS NOT NULL ORDER BY 1`,
  ),
  look(
    "queue_numbers",
    "",
    `waiting bigint, oldest_waiting_seconds double precision, executing bigint, parked bigint, scheduled bigint,
     running_runs bigint, failed_last_day bigint, live_workers bigint`,
    `SELECT count(*) FILTER (WHERE j.is_available AND j.run_at <= now()),
            coalesce(extract(epoch FROM now() - min(j.run_at) FILTER (WHERE j.is_available AND j.run_at <= now())), 0)::double precision,
            count(*) FILTER (WHERE j.locked_at IS NOT NULL),
            (SELECT count(*) FROM engine.calls c WHERE c.parked_on IS NOT NULL),
            count(*) FILTER (WHERE j.is_available AND j.run_at > now()),
            (SELECT count(*) FROM engine.runs r WHERE r.status = 'running'),
            (SELECT count(*) FROM engine.runs r WHERE r.status = 'failed' AND r.ended_at > now() - interval '1 day'),
            (SELECT count(*) FROM engine.pools p WHERE p.seen_at > now() - interval '30 seconds')
     FROM graphile_worker._private_jobs j`,
  ),
];
