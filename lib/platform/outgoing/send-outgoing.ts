import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { type OutgoingRules, RefusedTarget, resolveTarget } from "./resolve-target";

export type OutgoingRequest = {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** How much of the answer's body is kept; the rest is not read. */
  maxAnswerBytes: number;
};

/** What an address of somebody else answered. `error`: why there is no answer. */
export type OutgoingAnswer =
  | { kind: "answered"; status: number; headers: IncomingMessage["headers"]; body: string }
  | { kind: "failed"; error: string };

/**
 * The one way to call an address that a partner entered. It is resolved once, the call goes to that very IP address, and
 * a redirect is an answer like any other: it is not followed. Never throws for what the other side does.
 */
export async function sendOutgoing(outgoing: OutgoingRequest, rules: OutgoingRules): Promise<OutgoingAnswer> {
  try {
    return await call(outgoing, rules);
  } catch (error) {
    return { kind: "failed", error: explain(error) };
  }
}

async function call(outgoing: OutgoingRequest, rules: OutgoingRules): Promise<OutgoingAnswer> {
  const signal = AbortSignal.timeout(outgoing.timeoutMs);
  const { url, address, family } = await Promise.race([
    resolveTarget(outgoing.url, rules),
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ]);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: outgoing.method,
        headers: outgoing.headers,
        // A pooled connection could lead to an address that was resolved earlier.
        agent: false,
        signal,
        lookup: (_host, options, callback) => {
          if (options.all) callback(null, [{ address, family }]);
          else callback(null, address, family);
        },
      },
      (response) => {
        readStart(response, outgoing.maxAnswerBytes).then((body) => {
          resolve({ kind: "answered", status: response.statusCode ?? 0, headers: response.headers, body });
          response.destroy();
        }, reject);
      },
    );
    request.on("error", reject);
    request.end(outgoing.body);
  });
}

async function readStart(response: IncomingMessage, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    parts.push(Buffer.from(part));
    length += parts.at(-1)?.length ?? 0;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(parts).subarray(0, maxBytes).toString("utf8");
}

/** Codes of node's errors, in words for the log that the partner reads. */
function explain(error: unknown): string {
  if (error instanceof RefusedTarget) return error.message;
  if (!(error instanceof Error)) return "the call failed";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "no answer in time";
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return code ? `the connection failed (${code})` : "the connection failed";
}
