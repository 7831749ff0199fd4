import type { Database } from "@/db/client";
import { type ScopedTransaction, withScope } from "@/db/scope";
import type { Log } from "./log";
import type { OutgoingRules } from "./outgoing/resolve-target";
import type { SealKeys } from "./seal/data-key";

/** What the worker's verbs get: its own login, the keys, and the settings of vendor calls. */
export type WorkerContext = {
  database: Database;
  keys: SealKeys;
  log: Log;
  publicUrl: string;
  /** Delays between tries of a vendor call that may be repeated, in milliseconds. */
  vendorRetryDelaysMs: readonly number[];
  /** How long a vendor may take to carry a call out, in milliseconds; before that nothing is concluded from its silence. */
  vendorAnswerWithinMs: number;
  /** In place of the limits of the vendors' manifests: for stand-ins, which answer as often as they are asked. */
  vendorLimits?: { application?: { requestsPerSecond: number } };
  /** How deliveries are written. */
  deliveries: {
    /** When a row whose answer was lost is looked for at the vendor, in milliseconds after the loss. */
    lookUpDelaysMs: readonly number[];
    /** How long a process that is gone holds up a connection's queue, in milliseconds. */
    leaseMs: number;
  };
  /** How many days a backup of the database is kept; null: nobody has said, so that certificates say nothing of backups. */
  backupsKeptDays: number | null;
  /** Base addresses of stand-ins, by connector, for vendor applications that partners enter. Empty in a real installation. */
  standIns: Readonly<Record<string, string>>;
  /** Which addresses of partners may be called. */
  outgoing: OutgoingRules;
};

/** One transaction in the system scope; `reason` says what for. */
export function asSystem<T>(
  context: Pick<WorkerContext, "database">,
  reason: string,
  work: (tx: ScopedTransaction<"system">) => Promise<T>,
): Promise<T> {
  return withScope(context.database, { kind: "system", reason }, work);
}
