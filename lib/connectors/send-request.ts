import type { ConnectorContext } from "./context";
import { ConnectorError, type ConnectorErrorKind } from "./errors";
import { readBody } from "./read-body";
import { beforeSending, noAnswer, parseJson, toErrorKind } from "./vendor-answer";

/** How a vendor words its answers. */
export type Dialect = {
  /** The vendor system's name, for the log. */
  name: string;
  /** The vendor's own messages in an error's body, redacted of `secrets`. */
  readMessages(body: string, secrets: readonly string[]): string[];
  /** What an error means where its body tells more than its status; undefined where it does not. */
  readKind?(status: number, body: string): ConnectorErrorKind | undefined;
};

export type VendorRequest = {
  /** Method and path as they may be shown: without ids and secrets, e.g. `GET /integrations/{requestId}`. */
  operation: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
  timeoutMs: number;
  /** Whose call it is, where the vendor counts by environment. */
  environment?: string;
  /** Secrets of this request beyond those of the vendor application, to be taken out of what is kept. */
  secrets: readonly string[];
};

/** Error codes of a connection that never came to be: the host has no address or refuses. */
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** One request, one answer, no repetition: the body of a 2xx answer, null for one without, or a `ConnectorError`. */
export async function sendRequest(
  context: ConnectorContext,
  dialect: Dialect,
  request: VendorRequest,
): Promise<unknown> {
  const giveBack = await takePlace(context, request);
  const startedAt = context.now();
  const { response, body } = await exchange(context, dialect, request, startedAt).finally(giveBack);
  logCall(context, dialect, request, { startedAt, status: response.status });
  if (!response.ok) throw refusal(context, dialect, request, response, body);
  if (body !== null && body.trim() === "") return null;
  const parsed = body === null ? undefined : parseJson(body);
  if (parsed !== undefined) return parsed;
  const answer = { ...noAnswer(request.operation, context.now()), status: response.status };
  throw new ConnectorError("unexpected", answer);
}

async function takePlace(context: ConnectorContext, request: VendorRequest): Promise<() => void> {
  const giveBack = await beforeSending(context.limiter.take(request.environment));
  if (context.signal?.aborted) {
    giveBack();
    throw new ConnectorError("unavailable", noAnswer(request.operation, context.now()), { unsent: true });
  }
  return giveBack;
}

async function exchange(
  context: ConnectorContext,
  dialect: Dialect,
  request: VendorRequest,
  startedAt: Date,
): Promise<{ response: Response; body: string | null }> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await context.fetch(request.url, {
      method: request.method,
      headers: { accept: "application/json", ...request.headers },
      body: request.body,
      // A redirect would carry the bearer token along.
      redirect: "manual",
      signal: context.signal ? AbortSignal.any([context.signal, timeout]) : timeout,
    });
    return { response, body: await readBody(response) };
  } catch (cause) {
    // The context's own refusal to let the call leave, before a byte of it was sent.
    if (cause instanceof ConnectorError) throw cause;
    logCall(context, dialect, request, { startedAt, status: null });
    const unsent = hasNeverConnected(cause);
    throw new ConnectorError("unavailable", noAnswer(request.operation, context.now()), { unsent, cause });
  }
}

/** `fetch` wraps the socket's error, and a host with several addresses wraps one error for each of them. */
function hasNeverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(hasNeverConnected);
  if ("code" in error && typeof error.code === "string" && NEVER_CONNECTED.has(error.code)) return true;
  return error.cause !== undefined && hasNeverConnected(error.cause);
}

function refusal(
  context: ConnectorContext,
  dialect: Dialect,
  request: VendorRequest,
  response: Response,
  received: string | null,
): ConnectorError {
  const body = received ?? "";
  const now = context.now();
  const retryAfterSeconds = readRetryAfter(response.headers.get("retry-after"), now);
  const secrets = [...Object.values(context.secrets), ...request.secrets];
  return new ConnectorError(
    dialect.readKind?.(response.status, body) ?? toErrorKind(response.status),
    {
      status: response.status,
      messages: dialect.readMessages(body, secrets),
      operation: request.operation,
      at: now.toISOString(),
      ...(retryAfterSeconds && { retryAt: new Date(now.getTime() + retryAfterSeconds * 1000).toISOString() }),
    },
    { retryAfterSeconds },
  );
}

/** Nothing of ours waits for longer, and a time that is further off is none that a vendor means. */
const LONGEST_RETRY_AFTER_SECONDS = 24 * 60 * 60;

/** Seconds or an HTTP date (RFC 9110, 10.2.3), at most a day. */
function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(0, Math.ceil(seconds)), LONGEST_RETRY_AFTER_SECONDS);
}

/** What a vendor's support asks for with a question, without bodies. */
function logCall(
  context: ConnectorContext,
  dialect: Dialect,
  request: VendorRequest,
  { startedAt, status }: { startedAt: Date; status: number | null },
): void {
  const { clientId, stage, apiVersion } = context.application;
  const durationMs = context.now().getTime() - startedAt.getTime();
  const fields = { operation: request.operation, status, durationMs, clientId, stage, apiVersion };
  if (status !== null && status < 400) context.log.info(fields, `${dialect.name} answered`);
  else
    context.log.warn(fields, status === null ? `${dialect.name} did not answer` : `${dialect.name} refused`);
}
