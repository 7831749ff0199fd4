/** True when Postgres refused a row because of a unique index; `index` narrows it to one by name. */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (typeof cause !== "object" || cause === null || !("code" in cause) || cause.code !== "23505")
    return false;
  return index === undefined || ("constraint_name" in cause && cause.constraint_name === index);
}
