import type { Database } from "./database";
import type { Turn } from "./leased-call";
import type { Registry } from "./registry";
import type { SdkClient } from "./sdk-client";

type LogMethod = (fields: object, message: string) => void;
/** The part of pino that the engine uses. */
export type EngineLog = { debug: LogMethod; info: LogMethod; warn: LogMethod; error: LogMethod };

/** What every part of the running engine shares. */
export type EngineContext = {
  database: Database;
  registry: Registry;
  sdk: SdkClient;
  backoffMs: readonly number[];
  /** false: an Inngest server starts what is new; this engine goes on with what it has begun. */
  startsRuns: boolean;
  log: EngineLog;
  /** What this process is executing, by lease. */
  turns: Map<string, Turn>;
  /** Aborted when this process begins to stop: what can be left to others is. */
  stopping: AbortSignal;
};
