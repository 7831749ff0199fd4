import { DrizzleQueryError } from "drizzle-orm/errors";
import postgres from "postgres";

/** True when Postgres refused a row because of a unique index; `index` narrows it to one by name. */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (typeof cause !== "object" || cause === null || !("code" in cause) || cause.code !== "23505")
    return false;
  return index === undefined || ("constraint_name" in cause && cause.constraint_name === index);
}

/**
 * Takes the values out of a failed statement's error: they are somebody's data, and errors end in logs. The statement,
 * the kind of refusal and the constraint stay.
 */
export function hideValues(error: unknown): void {
  if (!(error instanceof DrizzleQueryError)) return;
  const withValues = error.message;
  error.message = `Failed query: ${error.query}`;
  error.stack = error.stack?.replace(withValues, () => error.message);
  error.params = [];
  if (error.cause instanceof postgres.PostgresError) error.cause.detail = "";
}
