import type { AdminFunction } from "./admin-function";
import { IS_ERROR } from "./redact-functions";

const act = (name: string, body: string): AdminFunction => ({
  signature: `${name}(text)`,
  definition: `CREATE FUNCTION engine_admin.${name}(of_id text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ ${body} $$`,
});

const addJob = (task: string, key: string, payload: string, runAt = "NULL"): string =>
  `graphile_worker.add_job('${task}', payload => ${payload}, job_key => ${key}, run_at => ${runAt}, max_attempts => 1000)`;

const SETTLE = addJob(
  "engine-settle",
  "'settle:' || of_id || ':' || s.id",
  "json_build_object('runId', of_id, 'stepId', s.id)",
  "s.due_at",
);
const CALL = addJob(
  "engine-call",
  "'call:' || of_id || ':step'",
  "json_build_object('runId', of_id, 'stepId', 'step')",
);
const CANCEL = addJob("engine-cancel", "'cancel:' || of_id", "json_build_object('runId', of_id)");

/** They leave jobs, and a worker does the work as it always does. */
export const ACT_FUNCTIONS: readonly AdminFunction[] = [
  act(
    "cancel_run",
    `BEGIN
       IF NOT EXISTS (SELECT 1 FROM engine.runs WHERE id = of_id AND status = 'running') THEN RETURN false; END IF;
       PERFORM ${CANCEL};
       RETURN true;
     END`,
  ),
  act(
    "retry_run",
    `DECLARE run engine.runs;
     BEGIN
       SELECT * INTO run FROM engine.runs WHERE id = of_id AND status IN ('failed', 'cancelled') FOR UPDATE;
       IF NOT FOUND THEN RETURN false; END IF;
       IF run.singleton_key IS NOT NULL THEN
         -- The lock under which runs of this function start.
         PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('engine:start:' || run.function_id, 0));
         IF EXISTS (SELECT 1 FROM engine.runs WHERE function_id = run.function_id AND status = 'running'
                    AND singleton_key = run.singleton_key) THEN RETURN false; END IF;
       END IF;
       DELETE FROM engine.steps WHERE run_id = of_id AND (state = 'planned' OR ${IS_ERROR});
       UPDATE engine.runs SET status = 'running', error = NULL, ended_at = NULL, begun_at = NULL WHERE id = of_id;
       INSERT INTO engine.calls (run_id, step_id) VALUES (of_id, 'step');
       PERFORM ${CALL};
       PERFORM ${SETTLE} FROM engine.steps s WHERE s.run_id = of_id AND s.state IN ('sleeping', 'waiting');
       RETURN true;
     END`,
  ),
];
