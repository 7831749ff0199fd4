/*
 * The production web server: `next start` on PORT (3000) and KYTKIN_BIND_HOST (every address).
 * Plain JavaScript, so that no TypeScript loader sits in the process that answers requests.
 */

import { Server } from "node:http";

/**
 * Notes the address at the other end of each connection in a header of ours, over whatever the client sent: Next hands
 * pages the headers and not the socket, and limits count addresses.
 */
const emit = Server.prototype.emit;
Server.prototype.emit = function emitWithPeer(event, ...args) {
  if (event === "request") args[0].headers["x-kytkin-peer"] = args[0].socket.remoteAddress ?? "";
  return emit.call(this, event, ...args);
};

/** Requests are short; only event streams stay open, and their browsers connect again by themselves. */
const DRAIN_MS = 3_000;

function exitWhenDrained() {
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
}

process.once("SIGTERM", exitWhenDrained);
process.once("SIGINT", exitWhenDrained);

const host = process.env.KYTKIN_BIND_HOST;
process.argv.push("start", "--port", process.env.PORT || "3000", ...(host ? ["--hostname", host] : []));
await import("next/dist/bin/next");
