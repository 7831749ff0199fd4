/*
 * The production web server: `next start` on PORT (3000) and KYTKIN_BIND_HOST (every address).
 * Plain JavaScript, so that no TypeScript loader sits in the process that answers requests.
 */

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
