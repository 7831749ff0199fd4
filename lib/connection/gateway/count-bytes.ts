import type { IncomingMessage } from "node:http";
import { type Readable, Transform } from "node:stream";
import { GatewayProblem } from "./problem";

/** More than the largest document that a vendor takes (30 MB). */
const MOST_BYTES = 32 * 1024 * 1024;

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** The body as it comes, counted; it breaks off beyond 32 MB. Throws `body_too_large` where its length is said. */
export function countBytes(request: IncomingMessage): {
  stream: Readable;
  count(): number;
  isTooLarge(): boolean;
} {
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES)
    throw new GatewayProblem("body_too_large", "A body may have 32 MB.", { sent: "no" });
  let bytes = 0;
  const counter = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length;
      if (bytes > MOST_BYTES) done(new Error("the body is too large"));
      else done(null, part);
    },
  });
  request.on("error", (error) => counter.destroy(error));
  request.on("aborted", () => counter.destroy(new Error("the caller has left")));
  request.pipe(counter);
  return { stream: counter, count: () => bytes, isTooLarge: () => bytes > MOST_BYTES };
}
