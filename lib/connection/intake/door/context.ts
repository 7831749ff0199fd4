import type { Database } from "@/db/client";
import { type ScopedTransaction, withScope } from "@/db/scope";
import type { Log } from "@/lib/platform/log";
import type { KeyRings } from "@/lib/platform/seal/data-key";

/** What the intake has: its own login and its own ring. */
export type IntakeContext = {
  database: Database;
  keys: { rings: Pick<KeyRings, "intake"> };
  log: Log;
};

export type IntakeTransaction = ScopedTransaction<"intake">;

/** The connection in whose name a client is signed in. */
export type Door = { connectionId: string; partnerId: string; accountId: string };

/** One transaction that sees the rows of this connection alone; of none without a door. */
export const asIntake = <T>(
  context: Pick<IntakeContext, "database">,
  door: Pick<Door, "connectionId" | "accountId"> | null,
  work: (tx: IntakeTransaction) => Promise<T>,
): Promise<T> =>
  withScope(
    context.database,
    { kind: "intake", connectionId: door?.connectionId, accountId: door?.accountId },
    work,
  );

export const ownerOf = ({ connectionId, partnerId, accountId }: Door): Door => ({
  connectionId,
  partnerId,
  accountId,
});
