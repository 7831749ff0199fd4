import pino, { type DestinationStream, type LoggerOptions } from "pino";
import { cutValues, toLoggedError } from "@/lib/core/logged-error";
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

/** Errors by what `toLoggedError` keeps of them, wherever in a line they stand; a text that quotes one without its values. */
function withoutValues(argument: unknown): unknown {
  if (argument instanceof Error) return { err: toLoggedError(argument) };
  if (typeof argument === "string") return cutValues(argument);
  if (typeof argument !== "object" || argument === null) return argument;
  return Object.fromEntries(
    Object.entries(argument).map(([name, value]) => [
      name,
      value instanceof Error ? toLoggedError(value) : value,
    ]),
  );
}

const options: LoggerOptions = {
  // pino's own would join the messages of causes, and take our object for another kind of error.
  serializers: { err: (error: unknown) => error },
  hooks: {
    // Not a serializer: pino takes a line's `msg` from an error before serializers see it.
    logMethod(args, method) {
      const [first, ...rest] = args.map(withoutValues);
      const hasMessage = typeof first === "string" || typeof rest[0] === "string";
      Reflect.apply(method, this, hasMessage ? [first, ...rest] : [first, "an error", ...rest]);
    },
  },
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
