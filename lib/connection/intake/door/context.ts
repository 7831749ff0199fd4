import { sql } from "drizzle-orm";
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

/** Whose rows a client's files are. */
export type Owner = { connectionId: string; partnerId: string; accountId: string };

/** The connection in whose name a client is signed in. */
export type Door = Owner & {
  /** What it signed in with, the fingerprint of a key or (null) the password, and when by the database's clock. */
  session: { fingerprint: string | null; signedInAt: string };
};

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

export const ownerOf = ({ connectionId, partnerId, accountId }: Owner): Owner => ({
  connectionId,
  partnerId,
  accountId,
});

/** Whether the account is still open to what the client signed in with. */
export async function isSessionAlive(tx: IntakeTransaction, door: Door): Promise<boolean> {
  const { fingerprint, signedInAt } = door.session;
  const [row] = await tx.execute<{ alive: boolean }>(
    sql`select kytkin.is_intake_session_alive(${door.connectionId}::uuid, ${fingerprint}::text, ${signedInAt}::text::timestamptz) as alive`,
  );
  return row?.alive === true;
}
