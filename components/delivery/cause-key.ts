type Part = "title" | "fix";

/** The key of a cause's words: those of the vendor's own screens where there are some, else what is said of every vendor. */
export function findCauseKey(
  has: (key: string) => boolean,
  { connectorId, cause, isOfFile = false }: { connectorId: string; cause: string; isOfFile?: boolean },
  part: Part,
): string {
  if (isOfFile) return `deliveries.import.rows.${cause}.${part}`;
  const own = `causesAt.${connectorId}.${cause}.${part}`;
  return has(own) ? own : `causes.${cause}.${part}`;
}
