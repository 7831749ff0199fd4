import { setTimeout as delay } from "node:timers/promises";
import { ConnectorError } from "@/lib/connectors/errors";
import type { ConnectorContext } from "@/lib/connectors/types";
import { sendRequest, type VendorRequest } from "./send-request";
import { type Caller, getAccessToken } from "./token";
import { asUnsent } from "./vendor-answer";

type AuthorizedRequest = Omit<VendorRequest, "headers" | "body" | "secrets" | "timeoutMs"> & {
  body?: unknown;
};

const READ_TIMEOUT_MS = 30_000;
/** A decision makes one technical user per company before it answers. */
const CHANGE_TIMEOUT_MS = 180_000;

/** A longer pause is the caller's to keep: the error carries it. */
const LONGEST_PAUSE_MS = 60_000;

/** GETs `path`: repeated after `context.retryDelaysMs` while the vendor is unavailable, and once with a new token. */
export async function readResource(
  context: ConnectorContext,
  caller: Caller,
  operation: string,
  path: string,
): Promise<unknown> {
  const request = { operation, method: "GET", path } as const;
  const read = () => sendWithFreshToken(context, caller, request);
  for (const delayMs of context.retryDelaysMs) {
    try {
      return await read();
    } catch (error) {
      await pauseBeforeRepeat(context, error, delayMs);
    }
  }
  return read();
}

/** Sends a request that has an effect: once, whatever comes back. */
export function sendChange(
  context: ConnectorContext,
  caller: Caller,
  request: AuthorizedRequest,
): Promise<unknown> {
  return sendAuthorized(context, caller, request, CHANGE_TIMEOUT_MS);
}

async function pauseBeforeRepeat(context: ConnectorContext, error: unknown, delayMs: number): Promise<void> {
  if (!(error instanceof ConnectorError) || !error.isRetriable) throw error;
  const pauseMs = Math.max(delayMs, (error.retryAfterSeconds ?? 0) * 1000);
  if (pauseMs > LONGEST_PAUSE_MS) throw error;
  try {
    await delay(pauseMs, undefined, { signal: context.signal });
  } catch {
    throw error;
  }
}

/** A token can die before its hour is over: on logout, on a change of password, on removal of the user. */
async function sendWithFreshToken(
  context: ConnectorContext,
  caller: Caller,
  request: AuthorizedRequest,
): Promise<unknown> {
  try {
    return await sendAuthorized(context, caller, request, READ_TIMEOUT_MS);
  } catch (error) {
    const isTokenStale =
      error instanceof ConnectorError &&
      error.kind === "unauthorized" &&
      error.answer.operation === request.operation;
    if (!isTokenStale) throw error;
    return sendAuthorized(context, caller, request, READ_TIMEOUT_MS);
  }
}

async function sendAuthorized(
  context: ConnectorContext,
  caller: Caller,
  request: AuthorizedRequest,
  timeoutMs: number,
): Promise<unknown> {
  const token = await getTokenBeforeSending(context, caller);
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (request.body !== undefined) headers["content-type"] = "application/json";
  try {
    return await sendRequest(context, {
      ...request,
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      headers,
      timeoutMs,
      secrets: [token, caller.apiKey],
    });
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "unauthorized")
      await context.tokens.drop(caller.subject);
    throw error;
  }
}

/** Whatever fails here, the request that wants the token has not left. */
async function getTokenBeforeSending(context: ConnectorContext, caller: Caller): Promise<string> {
  try {
    return await getAccessToken(context, caller);
  } catch (error) {
    throw error instanceof ConnectorError ? asUnsent(error) : error;
  }
}
