import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";

/** Reads share connections; a write has one of its own: on a connection that the vendor closes at that moment it could be lost. */
const reading = {
  "http:": new http.Agent({ keepAlive: true, maxSockets: 256 }),
  "https:": new https.Agent({ keepAlive: true, maxSockets: 256 }),
};
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** No answer came. `isUnsent`: it is certain that not one byte of the request left. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  constructor(
    readonly isUnsent: boolean,
    options: { cause: unknown },
  ) {
    super("the vendor did not answer", options);
  }
}

export type VendorExchange = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  /** null for a request without a body. */
  body: Readable | null;
  /** Until the answer's headers. */
  answerWithinMs: number;
  /** Between two pieces of the answer. */
  idleMs: number;
  signal: AbortSignal;
};

/** One request, no repetition, no redirect followed; resolves with the answer's headers. Throws `NoAnswer`. */
export function sendToVendor(exchange: VendorExchange): Promise<IncomingMessage> {
  const { url, method, headers, body, signal, answerWithinMs, idleMs } = exchange;
  const isHttps = url.protocol === "https:";
  const isRead = method === "GET" || method === "HEAD";
  return new Promise((resolve, reject) => {
    let hasConnected = false;
    const agent = isRead ? reading[isHttps ? "https:" : "http:"] : false;
    const request = (isHttps ? https : http).request(url, { method, headers, agent, signal });
    const timer = setTimeout(() => request.destroy(new Error("no answer in time")), answerWithinMs);
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
      reject(new NoAnswer(!hasConnected && !request.reusedSocket && NEVER_CONNECTED.has(code), { cause }));
    };
    request.on("socket", (socket) => {
      const ready = () => {
        hasConnected = true;
      };
      if (!socket.connecting) ready();
      else socket.once(isHttps ? "secureConnect" : "connect", ready);
    });
    request.on("error", fail);
    request.on("response", (answer) => {
      clearTimeout(timer);
      answer.setTimeout(idleMs, () => answer.destroy(new Error("the vendor's answer stopped")));
      resolve(answer);
    });
    if (body === null) return void request.end();
    body.on("error", (error) => request.destroy(error));
    body.pipe(request);
  });
}
