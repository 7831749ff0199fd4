import type { AdminFunction } from "./admin-function";

const MAX_MESSAGE_CHARACTERS = 300;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/**
 * Of a step's stored result. By its text: PostgreSQL cannot look into JSON that has a NUL character in it, which a step may
 * well return.
 */
export const IS_ERROR = `result::text LIKE '{"type":"error"%'`;

/** Ids may be seen; whatever else looks like an address, a query or a key may not. */
export const REDACT_FUNCTIONS: readonly AdminFunction[] = [
  {
    signature: "redact(text)",
    definition: `CREATE OR REPLACE FUNCTION engine_admin.redact(words text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = ''
      AS $$ SELECT left(
        regexp_replace(
          regexp_replace(
            regexp_replace(words, '[^\\s@<>"''(),;:]+@[^\\s@<>"''(),;:]+', '[address]', 'g'),
            '\\?[^\\s"''<>]+', '?[…]', 'g'),
          '(?!${UUID}\\M)\\m[A-Za-z0-9+/_=.-]{24,}', '[…]', 'gi'),
        ${MAX_MESSAGE_CHARACTERS}) $$`,
  },
  {
    signature: "subjects(json)",
    definition: `CREATE OR REPLACE FUNCTION engine_admin.subjects(of_event json) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = ''
      AS $$ SELECT coalesce(jsonb_object_agg(key, value), '{}')
            FROM jsonb_each_text(CASE WHEN of_event::text LIKE '%\\\\u0000%' THEN '{}' WHEN json_typeof(of_event -> 'data') = 'object' THEN (of_event -> 'data')::jsonb ELSE '{}' END)
            WHERE key ~ '^[A-Za-z]{1,40}Id$' AND value ~* '^${UUID}$' $$`,
  },
];
