/*
 * The production web server: `next start` on PORT (3000) and KYTKIN_BIND_HOST (every address).
 * Plain JavaScript, so that no TypeScript loader sits in the process that answers requests.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { Server } from "node:http";
import { createServer } from "node:net";
import { requireHttps } from "./web/https-only.mjs";

/** lib/platform/trace.ts reads it. */
const trace = new AsyncLocalStorage();
globalThis.kytkinTrace = trace;

/** A proxy's own id is kept when there is a proxy; what a stranger sends is not written into logs. */
function traceIdOf(headers) {
  const given = headers["x-request-id"];
  const isTrusted = Number(process.env.KYTKIN_TRUSTED_PROXIES ?? 0) > 0;
  return isTrusted && typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

const https = {
  publicUrl: process.env.KYTKIN_PUBLIC_URL,
  trustedProxies: Number(process.env.KYTKIN_TRUSTED_PROXIES ?? 0),
};

/**
 * Notes the address at the other end of each connection in a header of ours, over whatever the client sent: Next hands
 * pages the headers and not the socket, and limits count addresses. Everything that the request leads to runs under its id.
 */
const emit = Server.prototype.emit;
Server.prototype.emit = function emitWithPeer(event, ...args) {
  if (event !== "request") return emit.call(this, event, ...args);
  const [request, response] = args;
  const traceId = traceIdOf(request.headers);
  request.headers["x-kytkin-peer"] = request.socket.remoteAddress ?? "";
  request.headers["x-request-id"] = traceId;
  response.setHeader("X-Request-Id", traceId);
  if (requireHttps(https, request, response)) return true;
  return trace.run(traceId, () => emit.call(this, event, ...args));
};

/** Requests are short; only event streams stay open, and their browsers connect again by themselves. */
const DRAIN_MS = 3_000;

function exitWhenDrained() {
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
}

process.once("SIGTERM", exitWhenDrained);
process.once("SIGINT", exitWhenDrained);

const host = process.env.KYTKIN_BIND_HOST || undefined;
const port = process.env.PORT || "3000";

/** Next tells a taken port by a stack; this tells it in words, before anything is loaded. */
async function requireFreePort() {
  const probe = createServer();
  const fault = await new Promise((resolve) => {
    probe.once("error", resolve);
    probe.listen(Number(port), host, () => resolve(null));
  });
  await new Promise((resolve) => probe.close(resolve));
  if (fault?.code !== "EADDRINUSE") return;
  console.error(
    `The portal does not start. Port ${port} is taken by another program on this machine: another portal, for example. ` +
      "End that program, or set PORT to a free port.",
  );
  process.exit(1);
}

await requireFreePort();
process.argv.push("start", "--port", port, ...(host ? ["--hostname", host] : []));
await import("next/dist/bin/next");
