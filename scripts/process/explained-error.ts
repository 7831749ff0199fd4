/** A failure that the person at the terminal can act on: its message is complete words, and it is shown without a stack. */
export class ExplainedError extends Error {
  override readonly name = "ExplainedError";
}

/** What to print for any failure: the words of an explained one, everything we know of any other. */
export function describeFailure(error: unknown): string {
  if (error instanceof ExplainedError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
