/** Refusals that only a call over HTTP knows, beside the codes of `AppError`. */
const PROBLEMS = {
  payload_too_large: 413,
  idempotency_conflict: 409,
  idempotency_mismatch: 422,
  quota_exceeded: 429,
} as const;

/** A refusal of a call of partners' software with the headers and members that belong to it. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  constructor(
    readonly code: keyof typeof PROBLEMS,
    readonly detail: string,
    readonly headers: Record<string, string> = {},
    readonly members: Record<string, unknown> = {},
  ) {
    super(detail);
  }
  get status(): number {
    return PROBLEMS[this.code];
  }
}

/** By its name: the web app's bundles hold several copies of the class. */
export const isApiProblem = (error: unknown): error is ApiProblem =>
  error instanceof Error && error.name === "ApiProblem";
