import { ConnectorError } from "@/lib/connectors/errors";
import type { ConnectorContext } from "@/lib/connectors/types";
import { getApiUrl } from "./base-url";
import { asUnsent, noAnswer, parseJson, readMessages, toErrorKind } from "./vendor-answer";

export type VendorRequest = {
  /** Method and path as they may be shown: without ids and secrets, e.g. `GET /integrations/{requestId}`. */
  operation: string;
  method: "GET" | "POST" | "PUT";
  path: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
  timeoutMs: number;
  /** Secrets of this request beyond those of the vendor application, to be taken out of what is kept. */
  secrets: readonly string[];
};

/** Error codes of a connection that never came to be: the host has no address or refuses. */
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** One request, one answer, no repetition: the body of a 2xx answer, or a `ConnectorError`. */
export async function sendRequest(context: ConnectorContext, request: VendorRequest): Promise<unknown> {
  const url = `${getApiUrl(context.application)}${request.path}`;
  await takeSlot(context, request);
  const startedAt = context.now();
  const { response, body } = await exchange(context, request, url, startedAt);
  logCall(context, request, startedAt, response.status);
  if (!response.ok) throw refusal(context, request, response, body);
  const parsed = parseJson(body);
  if (parsed === undefined) {
    throw new ConnectorError("unexpected", {
      ...noAnswer(request.operation, context.now()),
      status: response.status,
    });
  }
  return parsed;
}

async function takeSlot(context: ConnectorContext, request: VendorRequest): Promise<void> {
  try {
    await context.limiter.take();
  } catch (error) {
    throw error instanceof ConnectorError ? asUnsent(error) : error;
  }
  if (context.signal?.aborted) {
    throw new ConnectorError("unavailable", noAnswer(request.operation, context.now()), { unsent: true });
  }
}

async function exchange(
  context: ConnectorContext,
  request: VendorRequest,
  url: string,
  startedAt: Date,
): Promise<{ response: Response; body: string }> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await context.fetch(url, {
      method: request.method,
      headers: { accept: "application/json", ...request.headers },
      body: request.body,
      // A redirect would carry the bearer token along.
      redirect: "manual",
      signal: context.signal ? AbortSignal.any([context.signal, timeout]) : timeout,
    });
    return { response, body: await response.text() };
  } catch (cause) {
    logCall(context, request, startedAt, null);
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
  request: VendorRequest,
  response: Response,
  body: string,
): ConnectorError {
  const secrets = [...Object.values(context.secrets), ...request.secrets];
  return new ConnectorError(
    toErrorKind(response.status),
    {
      status: response.status,
      messages: readMessages(body, secrets),
      operation: request.operation,
      at: context.now().toISOString(),
    },
    { retryAfterSeconds: readRetryAfter(response.headers.get("retry-after"), context.now()) },
  );
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3); the vendor documents neither. */
function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

/** What the vendor's support asks for with a question (API certification checkpoint 8), without bodies. */
function logCall(
  context: ConnectorContext,
  request: VendorRequest,
  startedAt: Date,
  status: number | null,
): void {
  const { clientId, stage, apiVersion } = context.application;
  const durationMs = context.now().getTime() - startedAt.getTime();
  const fields = { operation: request.operation, status, durationMs, clientId, stage, apiVersion };
  if (status !== null && status < 400) context.log.info(fields, "Procountor answered");
  else context.log.warn(fields, status === null ? "Procountor did not answer" : "Procountor refused");
}
