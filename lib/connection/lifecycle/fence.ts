import { eq, sql } from "drizzle-orm";
import { connections } from "@/db/schema";
import { listHoldFacts } from "@/lib/connection/hold/queries";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type ConnectionWork, findStop } from "./permissions";

/** What was read of a connection counts for this long, by a clock that runs on while the process is stopped. */
const REMEMBERED_MS = 500;
/** Within this long after the commit that ends or pauses a connection no call leaves any more. */
export const STOPPED_WITHIN_MS = 1000;
/** A database that takes longer than an answer may be remembered is as good as away. */
const TRIES = 3;

type Fenced = {
  connectionId: string;
  work: ConnectionWork;
  /** Whether this process is still the one to call, where only one may. */
  isHeld?: () => boolean;
};

/**
 * The connector's context with a `fetch` that asks the database directly before each try of each call whether the connection may
 * still do this work: the place under the vendor's limit was waited for before, and a repetition comes seconds later. What is
 * stopped, and what cannot be asked, throws `ConnectorError("unavailable")` as unsent. Calls of the end itself are made without it.
 */
export function fenceCalls(
  context: Pick<WorkerContext, "database">,
  vendor: ConnectorContext,
  { connectionId, work, isHeld = () => true }: Fenced,
): ConnectorContext {
  let readAt = Number.NEGATIVE_INFINITY;
  const refuse = (cause?: unknown): ConnectorError => {
    const answer = { status: null, messages: [], operation: "fence", at: vendor.now().toISOString() };
    return new ConnectorError("unavailable", answer, { unsent: true, cause });
  };
  const ask = async (): Promise<void> => {
    const at = performance.now();
    const isStopped = await asSystem(context, "ask whether a call may leave", async (tx) => {
      const [row] = await tx
        .select({
          state: connections.state,
          attention: connections.attention,
          now: sql`now()`.mapWith(connections.stateSince),
        })
        .from(connections)
        .where(eq(connections.id, connectionId));
      return !row || findStop(work, row, await listHoldFacts(tx, connectionId), row.now) !== null;
    }).catch((cause: unknown) => {
      throw refuse(cause);
    });
    if (isStopped) throw refuse();
    readAt = at;
  };
  const isFresh = (): boolean => performance.now() - readAt <= REMEMBERED_MS;
  return {
    ...vendor,
    async fetch(input, init) {
      for (let tries = 0; !isFresh(); tries++) {
        if (tries === TRIES) throw refuse();
        await ask();
      }
      if (!isHeld()) throw refuse();
      return vendor.fetch(input, init);
    },
  };
}
