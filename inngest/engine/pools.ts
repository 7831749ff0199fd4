import type { Database } from "./database";

/** Tells the other processes that this pool lives. */
export async function beat(database: Database, poolId: string): Promise<void> {
  await database.query(
    "INSERT INTO engine.pools (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen_at = now()",
    [poolId],
  );
}

export async function leave(database: Database, poolId: string): Promise<void> {
  await database.query("DELETE FROM engine.pools WHERE id = $1", [poolId]);
}

/** Gives back the jobs of pools that have been silent for longer than their lease; returns those pools' ids. */
export async function releaseDeadPools(database: Database, leaseMs: number): Promise<string[]> {
  return database.transaction(async (tx) => {
    const lease = `${leaseMs} milliseconds`;
    await tx.query("DELETE FROM engine.pools WHERE seen_at < now() - $1::interval", [lease]);
    const { rows } = await tx.query<{ id: string }>(
      `SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs
       WHERE locked_at < now() - $1::interval AND locked_by NOT IN (SELECT id FROM engine.pools)`,
      [lease],
    );
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await tx.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [ids]);
    return ids;
  });
}
