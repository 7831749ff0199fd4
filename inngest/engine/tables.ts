/**
 * The engine's own tables: the truth about every run. A graphile-worker job only says "look at this row".
 *
 * `json`, not `jsonb`: results go back to user code exactly as they came, key order included.
 * `position` is the count of accepted events; a wait looks at events past the position its run had reached.
 * `slot_keys` are the concurrency rules that a run counts for; a call without room in one is parked on that one.
 * `match_text` is in every event that can end the wait; null: any may.
 * `begun_at` is kept for functions with time-outs only.
 */
export const ENGINE_TABLES = `
CREATE SCHEMA IF NOT EXISTS engine;
CREATE SEQUENCE IF NOT EXISTS engine.event_positions;

CREATE TABLE IF NOT EXISTS engine.events (
  id text PRIMARY KEY,
  position bigint NOT NULL DEFAULT nextval('engine.event_positions'),
  name text NOT NULL,
  payload json NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS events_by_name ON engine.events (name, position);
CREATE INDEX IF NOT EXISTS events_by_age ON engine.events (received_at);

CREATE TABLE IF NOT EXISTS engine.runs (
  id text PRIMARY KEY,
  function_id text NOT NULL,
  event_id text NOT NULL,
  event json NOT NULL,
  position bigint NOT NULL,
  status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
  output json,
  error json,
  idempotency_key text,
  singleton_key text,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  UNIQUE (function_id, event_id)
);
CREATE INDEX IF NOT EXISTS runs_by_idempotency_key ON engine.runs (function_id, idempotency_key, started_at);
CREATE INDEX IF NOT EXISTS runs_by_end ON engine.runs (ended_at);

CREATE TABLE IF NOT EXISTS engine.steps (
  run_id text NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  id text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'sleeping', 'waiting', 'done')),
  races boolean NOT NULL DEFAULT false,
  due_at timestamptz,
  event_name text,
  condition text,
  position bigint NOT NULL,
  result json,
  settled_order integer,
  PRIMARY KEY (run_id, id),
  CHECK ((state = 'done') = (result IS NOT NULL AND settled_order IS NOT NULL))
);

CREATE TABLE IF NOT EXISTS engine.calls (
  run_id text NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_id text NOT NULL,
  attempt integer NOT NULL DEFAULT 0,
  lease uuid,
  again boolean NOT NULL DEFAULT false,
  parked_at timestamptz,
  PRIMARY KEY (run_id, step_id)
);

CREATE TABLE IF NOT EXISTS engine.crons (
  function_id text NOT NULL,
  expression text NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (function_id, expression)
);

CREATE TABLE IF NOT EXISTS engine.pools (
  id text PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS engine.failures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text NOT NULL REFERENCES engine.runs ON DELETE CASCADE,
  step_name text,
  attempt integer NOT NULL,
  error json NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT now(),
  retry_at timestamptz
);
CREATE INDEX IF NOT EXISTS failures_by_run ON engine.failures (run_id);

-- What the tables have got since they were made.
ALTER TABLE engine.runs
  ADD COLUMN IF NOT EXISTS slot_keys text[] NOT NULL DEFAULT '{}',
  ADD COLUMN IF NOT EXISTS has_timeouts boolean NOT NULL DEFAULT false,
  ADD COLUMN IF NOT EXISTS begun_at timestamptz,
  ADD COLUMN IF NOT EXISTS invoker_run_id text,
  ADD COLUMN IF NOT EXISTS invoker_step_id text,
  DROP COLUMN IF EXISTS slot_key;
ALTER TABLE engine.steps
  ADD COLUMN IF NOT EXISTS name text,
  ADD COLUMN IF NOT EXISTS match_text text,
  ADD COLUMN IF NOT EXISTS attempts integer,
  ADD COLUMN IF NOT EXISTS invoked_run_id text,
  ADD COLUMN IF NOT EXISTS opened_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN IF NOT EXISTS settled_at timestamptz;
ALTER TABLE engine.calls ADD COLUMN IF NOT EXISTS parked_on text;
DROP INDEX IF EXISTS engine.runs_by_function, engine.calls_parked, engine.steps_waiting;
CREATE INDEX IF NOT EXISTS steps_awaiting ON engine.steps (event_name, match_text) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS runs_running ON engine.runs (function_id) WHERE status = 'running';
CREATE INDEX IF NOT EXISTS runs_by_status ON engine.runs (status, id);
CREATE INDEX IF NOT EXISTS runs_by_slot ON engine.runs USING gin (slot_keys) WITH (fastupdate = off)
  WHERE status = 'running' AND slot_keys <> '{}';
CREATE INDEX IF NOT EXISTS calls_parked_on ON engine.calls (parked_on, parked_at) WHERE parked_on IS NOT NULL;

DO $$
DECLARE name text;
BEGIN
  FOR name IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'engine'::regnamespace AND relkind = 'r' AND NOT relforcerowsecurity
  LOOP
    EXECUTE format('ALTER TABLE engine.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE engine.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner_only ON engine.%I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
`;
