/**
 * The closed list of expected failures. Each code decides the HTTP status and the log level; the user's words come
 * from the message catalogue under `errors.<code>`, never from `message`.
 */
const APP_ERRORS = {
  invalid_input: { status: 400, level: "info" },
  unauthenticated: { status: 401, level: "info" },
  forbidden: { status: 403, level: "warn" },
  not_found: { status: 404, level: "info" },
  conflict: { status: 409, level: "info" },
  gone: { status: 410, level: "info" },
  cap_exceeded: { status: 409, level: "info" },
  environment_taken: { status: 409, level: "info" },
  checks_failed: { status: 409, level: "info" },
  changed_since_started: { status: 409, level: "info" },
  too_many_requests: { status: 429, level: "warn" },
  misconfigured: { status: 500, level: "error" },
} as const;

export type AppErrorCode = keyof typeof APP_ERRORS;

/** An expected failure. `detail` is for logs and machine answers: never a secret, never another tenant's data. */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: AppErrorCode,
    readonly detail?: string,
    options?: { cause?: unknown; retryAfterSeconds?: number },
  ) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
  /** For `too_many_requests`: when the same is let through again. */
  readonly retryAfterSeconds: number | undefined;
  get status(): number {
    return APP_ERRORS[this.code].status;
  }
  get level(): "info" | "warn" | "error" {
    return APP_ERRORS[this.code].level;
  }
}

export function isAppError(error: unknown, code?: AppErrorCode): error is AppError {
  // By its name: an error that passes through the shared pool may come from another bundle's copy of the class.
  if (!(error instanceof Error) || error.name !== "AppError" || !("code" in error)) return false;
  return code === undefined
    ? typeof error.code === "string" && error.code in APP_ERRORS
    : error.code === code;
}
