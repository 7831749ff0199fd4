import { DrizzleQueryError } from "drizzle-orm/errors";
import postgres from "postgres";

/** True when Postgres refused a row because of a unique index; `index` narrows it to one by name. */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (typeof cause !== "object" || cause === null || !("code" in cause) || cause.code !== "23505")
    return false;
  return index === undefined || ("constraint_name" in cause && cause.constraint_name === index);
}

/** postgres.js's own and the operating system's codes of a connection that ended or never came to be. */
const LOST_CONNECTION = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** Postgres shuts down, has crashed, or does not take connections yet. */
const GOING_OR_COMING = new Set(["57P01", "57P02", "57P03"]);

/** What Next hands to the browser of an error that nobody caught: pages tell by it that no mistake of ours is behind it. */
export const DATABASE_AWAY = "database_away";

/** True when the database could not be reached or went away: the same may work in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if ("code" in error && typeof error.code === "string") {
    if (LOST_CONNECTION.has(error.code) || GOING_OR_COMING.has(error.code)) return true;
  }
  return error.cause !== undefined && isDatabaseAway(error.cause);
}

/** Gives the error of an unreachable database the digest by which the browser knows it. */
export function markDatabaseAway(error: unknown): void {
  if (isDatabaseAway(error)) Object.assign(error as Error, { digest: DATABASE_AWAY });
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
