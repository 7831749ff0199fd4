import { createHash } from "node:crypto";
import { Pool, type QueryConfig, type QueryResult, type QueryResultRow } from "pg";

/** Where statements go: a connection inside one transaction, or the database, where each is a transaction of its own. */
export type Queryable = {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
};

export type Transaction = Queryable & {
  /** Sends a statement whose answer nobody needs, and does not wait for it; its error fails the transaction at the end. */
  send(text: string, values?: unknown[]): void;
};

export class Database implements Queryable {
  constructor(readonly pool: Pool) {}

  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>> {
    return this.pool.query<Row>(prepare(text, values));
  }

  /** A round trip costs more than most statements: several are on their way at once, in the order of their calls. */
  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    const failures: unknown[] = [];
    const send = (query: QueryConfig) => {
      client.query(query).catch((error: unknown) => failures.push(error));
    };
    try {
      send({ text: "BEGIN" });
      const result = await work({
        query: (text, values) => client.query(prepare(text, values)),
        send: (text, values) => send(prepare(text, values)),
      });
      await client.query("COMMIT");
      if (failures.length > 0) throw failures[0];
      client.release();
      return result;
    } catch (error) {
      // When even ROLLBACK fails the connection is broken: released with the error, the pool throws it away.
      const broken = await client.query("ROLLBACK").then(
        () => undefined,
        (rollbackError: Error) => rollbackError,
      );
      client.release(broken);
      // After the first error PostgreSQL only says that the transaction is aborted.
      throw failures[0] ?? error;
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
  const pool = new Pool({ connectionString: url, max: maxConnections, pipeline: true });
  // An idle connection that the server closes would otherwise end the process.
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return new Database(pool);
}

/** Takes transaction-long locks on names, always in the same order so that two takers cannot block each other. */
export function lockNames(tx: Transaction, names: readonly string[], mode: "shared" | "exclusive"): void {
  if (names.length === 0) return;
  const lock = mode === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  const sorted = [...new Set(names)].sort().map((name) => `engine:${name}`);
  tx.send(`SELECT ${lock}(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name`, [sorted]);
}
