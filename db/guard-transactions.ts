import type { Sql, TransactionSql } from "postgres";

type Work = (tx: TransactionSql) => unknown;

/** As postgres.js says it of a statement that was under way: `isDatabaseAway` knows the code. */
const endedConnection = (): Error =>
  Object.assign(new Error("The transaction has ended, or its connection was lost"), {
    code: "CONNECTION_CLOSED",
  });

/** The same transaction, which takes no statement once it is over. */
function refuseOnceOver(tx: TransactionSql, isOver: () => boolean): TransactionSql {
  const assertOpen = () => {
    if (isOver()) throw endedConnection();
  };
  return new Proxy(tx, {
    apply(target, self, args) {
      assertOpen();
      return Reflect.apply(target, self, args);
    },
    get(target, name) {
      if (name === "unsafe" || name === "savepoint") assertOpen();
      return Reflect.get(target, name);
    },
  });
}

/**
 * Refuses every statement of a transaction that comes after its end. When the connection is lost between two statements,
 * postgres.js 3.4.9 rejects the transaction and still sends what comes next, its own ROLLBACK too: to a socket that is gone,
 * which ends the process (its issues 1066, 1154, 1208), or, once the pool has connected anew, outside of any transaction.
 */
export function guardTransactions(sql: Sql): Sql {
  const begin = sql.begin.bind(sql);
  const guarded = async (first: string | Work, second?: Work): Promise<unknown> => {
    let isOver = false;
    const guard = (work: Work) => async (tx: TransactionSql) => {
      const [outcome] = await Promise.allSettled([work(refuseOnceOver(tx, () => isOver))]);
      // Whoever waits has been told already; at an end of the work the driver would send a COMMIT or ROLLBACK.
      if (isOver) return new Promise(() => {});
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    };
    try {
      if (typeof first !== "string") return await begin(guard(first));
      return await begin(first, guard(second ?? (() => undefined)));
    } finally {
      isOver = true;
    }
  };
  return Object.assign(sql, { begin: guarded });
}
