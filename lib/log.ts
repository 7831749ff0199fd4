import pino from "pino";
import { getLogLevel } from "./env";

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

export const log = pino({
  level: getLogLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    censor: "[redacted]",
  },
});

export type Log = typeof log;
