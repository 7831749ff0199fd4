import { framesOf, isFailedQuery, isRefusalOfPostgres, messageWithoutValues } from "@/lib/core/logged-error";

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
/**
 * Postgres shuts down, has crashed, does not take connections yet, or takes none more; it is read-only, its disk or memory is full; a
 * statement or its wait for a lock took longer than `BOUNDS_OF_PAGES`, or its transaction stood still.
 */
const UNABLE_NOW = new Set([
  ...["57P01", "57P02", "57P03", "53300"],
  ...["25006", "53100", "53200", "53400"],
  ...["57014", "55P03", "25P03", "25P04"],
]);

/** What Next hands to the browser of an error that nobody caught: pages tell by it that no mistake of ours is behind it. */
export const DATABASE_AWAY = "database_away";

/** True when the database could not be reached or went away: the same may work in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if ("code" in error && typeof error.code === "string") {
    if (LOST_CONNECTION.has(error.code) || UNABLE_NOW.has(error.code)) return true;
  }
  return error.cause !== undefined && isDatabaseAway(error.cause);
}

/** Gives the error of an unreachable database the digest by which the browser knows it. */
export function markDatabaseAway(error: unknown): void {
  if (isDatabaseAway(error)) Object.assign(error as Error, { digest: DATABASE_AWAY });
}

/** Fields of a refusal that name what was refused. `detail`, `where` and `internal_query` hold the row. */
const NAMING_FIELDS = [
  "code",
  "severity",
  "constraint_name",
  "table_name",
  "column_name",
  "routine",
] as const;

/**
 * The error of a failed statement without its values: they are somebody's data, and errors end in logs, also in those
 * that Next writes by itself. The statement, the kind of refusal and the constraint stay. Goes by the fields of an error
 * and not by its class: the pool's drizzle and that of the bundle which asks are different copies.
 */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (isRefusalOfPostgres(error)) return copyRefusal(error);
  if (!isFailedQuery(error)) return error;
  const stack = framesOf(error);
  error.message = messageWithoutValues(error);
  error.stack = `Error: ${error.message}\n${stack}`;
  error.params = [];
  error.cause = withoutValues(error.cause);
  return error;
}

/** postgres.js seals the stack of its errors, which begins with the message: only a copy can be without it. */
function copyRefusal(error: Error & { code: string }): Error {
  const message = messageWithoutValues(error);
  const copy = new Error(
    message,
    error.cause === undefined ? undefined : { cause: withoutValues(error.cause) },
  );
  copy.name = error.name;
  copy.stack = `${error.name}: ${message}\n${framesOf(error)}`;
  const named = NAMING_FIELDS.flatMap((name) => (name in error ? [[name, Reflect.get(error, name)]] : []));
  return Object.assign(copy, Object.fromEntries(named));
}
