import pino, { type DestinationStream, type LoggerOptions } from "pino";
import { getLogLevel } from "./env";
import { findTraceId } from "./trace";

/** Field names whose values never reach a log, wherever they stand. */
const SECRET_FIELDS = [
  "secret",
  "apiKey",
  "api_key",
  "token",
  "code",
  "password",
  "authorization",
  "cookie",
  "clientSecret",
  "client_secret",
];

const options: LoggerOptions = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  /** One request followed from its page through the job to the vendor's call: docs/operations/logs.md. */
  mixin: () => ({ traceId: findTraceId() }),
  redact: {
    paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    censor: "[redacted]",
  },
};

/** JSON lines on standard output, or to `destination`. */
export function createLog(level: string, destination?: DestinationStream) {
  return destination ? pino({ ...options, level }, destination) : pino({ ...options, level });
}

export const log = createLog(getLogLevel());

export type Log = typeof log;
