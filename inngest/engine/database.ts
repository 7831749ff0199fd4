import { createHash } from "node:crypto";
import { Pool, type QueryConfig, type QueryResult, type QueryResultRow } from "pg";

/** Where statements go: a connection inside one transaction, or the database, where each is a transaction of its own. */
export type Transaction = {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
};

export class Database implements Transaction {
  constructor(readonly pool: Pool) {}

  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>> {
    return this.pool.query<Row>(prepare(text, values));
  }

  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      await client.query("BEGIN");
      const result = await work({ query: (text, values) => client.query(prepare(text, values)) });
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      // When even ROLLBACK fails the connection is broken: released with the error, the pool throws it away.
      const broken = await client.query("ROLLBACK").then(
        () => undefined,
        (rollbackError: Error) => rollbackError,
      );
      client.release(broken);
      throw error;
    }
  }
}

const names = new Map<string, string>();

/** A connection that knows a statement by its name need not parse and plan it again. The engine has some fifty. */
function prepare(text: string, values: unknown[] = []): QueryConfig {
  const name = names.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return { name, text, values };
}

export function openDatabase(url: string, maxConnections: number, onError: (error: Error) => void): Database {
  const pool = new Pool({ connectionString: url, max: maxConnections });
  // An idle connection that the server closes would otherwise end the process.
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return new Database(pool);
}

/** Shared while an event of this name is taken in, exclusive while a wait for one is registered. */
export function waitLockName(eventName: string): string {
  return `event:${eventName}`;
}

/** Takes transaction-long locks on names, always in the same order so that two takers cannot block each other. */
export async function lockNames(
  tx: Transaction,
  names: readonly string[],
  mode: "shared" | "exclusive",
): Promise<void> {
  const lock = mode === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  for (const name of [...new Set(names)].sort()) {
    await tx.query(`SELECT ${lock}(hashtextextended($1, 0))`, [`engine:${name}`]);
  }
}
