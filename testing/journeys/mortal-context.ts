import type { Database } from "@/db/client";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** A worker process that may be killed between any two of its transactions. */
export type Life = {
  context: WorkerContext;
  /** Resolves when the process is dead: from then on nothing of it goes on. */
  died: Promise<void>;
  /** Lets it begin this many more transactions. */
  endAfter(transactions: number): void;
};

export function beginLife(context: WorkerContext): Life {
  let left = Number.POSITIVE_INFINITY;
  let die = (): void => {};
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  /** Never settles once the process is dead, as nothing does in one. */
  const live = async (): Promise<void> => {
    if (left > 0) {
      left -= 1;
      return;
    }
    die();
    await new Promise(() => {});
  };
  return {
    context: { ...context, database: mortal(context.database, live) },
    died,
    endAfter: (transactions) => {
      left = transactions;
    },
  };
}

function mortal(database: Database, live: () => Promise<void>): Database {
  const transaction: Database["orm"]["transaction"] = async (...args) => {
    await live();
    return database.orm.transaction(...args);
  };
  const orm = new Proxy(database.orm, {
    get: (target, name) => (name === "transaction" ? transaction : Reflect.get(target, name)),
  });
  return { ...database, orm };
}
