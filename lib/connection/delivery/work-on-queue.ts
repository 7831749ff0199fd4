import { and, asc, eq, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { deliveryRows } from "@/db/schema";
import { loadConnection } from "@/lib/connection/lifecycle/load-connection";
import { findStop } from "@/lib/connection/lifecycle/permissions";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { cancelWork } from "./cancel-work";
import { carryOutVerdicts } from "./carry-out-verdicts";
import type { Pause } from "./judge-failure";
import { type Lease, releaseQueue } from "./lease";
import { lookUpRow } from "./look-up-row";
import { moveRow, type Row } from "./move-row";
import { releaseWaiting } from "./release-waiting";
import { nextLookUpAt, pauseAfterFailures } from "./rules";
import { openSession, type Session } from "./session";
import { writeRow } from "./write-row";

/** A connection's turn: then the next one has it. */
const TURN_MS = 3_000;
/** Rows of one connection that are at the vendor at once. */
const WIDTH = 4;
/** When a connection that is paused, or whose key is of no use, is looked at again. */
const STOPPED_MS = 60_000;

/** One turn of a connection's queue, and when the next one is. An error of ours rests this queue and no other one. */
export async function workOnQueue(
  context: WorkerContext,
  lease: Lease,
  failuresBefore: number,
): Promise<void> {
  let pause: Pause | "stopped" | null;
  try {
    pause = await takeTurn(context, lease);
  } catch (error) {
    context.log.error(
      { err: error, connectionId: lease.connectionId },
      "a delivery queue could not be worked on",
    );
    pause = { retryAfterSeconds: 0, wantsCheck: false };
  }
  if (pause !== null && pause !== "stopped" && pause.wantsCheck)
    await asSystem(context, "ask for a check", (tx) =>
      enqueueEvent(tx, "connection/check.wanted", { connectionId: lease.connectionId }),
    );
  await releaseQueue(context, lease, {
    pauseMs: pauseMsOf(pause, failuresBefore),
    hasFailed: pause !== null && pause !== "stopped",
  });
}

function pauseMsOf(pause: Pause | "stopped" | null, failuresBefore: number): number {
  if (pause === null) return 0;
  return pause === "stopped" ? STOPPED_MS : pauseAfterFailures(failuresBefore + 1, pause.retryAfterSeconds);
}

async function takeTurn(context: WorkerContext, lease: Lease): Promise<Pause | "stopped" | null> {
  const until = Date.now() + TURN_MS;
  const connection = await loadConnection(context, lease.connectionId);
  const stop = findStop("write", connection, connection.holds, new Date());
  if (stop?.because === "ended") {
    const { partnerId, accountId } = connection;
    const owner = { connectionId: lease.connectionId, partnerId, accountId };
    await asSystem(context, "cancel deliveries", (tx) => cancelWork(tx, owner));
    return null;
  }
  const session = await openSession(context, lease.connectionId, lease);
  if (!session) return "stopped";
  await noteLost(session);
  await carryOutVerdicts(session);
  if (stop) return "stopped";
  for (const row of await listDueLookUps(session)) {
    const pause = await lookUpRow(session, row);
    if (pause) return pause;
  }
  const pause = await releaseWaiting(session, new Date());
  if (pause) return pause;
  return writeQueued(session, until);
}

/** Rows in the queue's order, some at a time, until the turn or the lease is over or the vendor wants a rest. */
async function writeQueued(session: Session, until: number): Promise<Pause | null> {
  while (Date.now() < until && session.lease.isHeld()) {
    const rows = await listNext(session);
    if (rows.length === 0) return null;
    const pauses = await Promise.all(rows.map((row) => writeRow(session, row)));
    const pause = pauses.find((one) => one !== null);
    if (pause) return pause;
  }
  return null;
}

async function listNext({ context, work }: Session): Promise<Row[]> {
  const { connectionId } = work.owner;
  return asSystem(context, "list queued rows", (tx) =>
    tx
      .select()
      .from(deliveryRows)
      .where(
        and(
          eq(deliveryRows.connectionId, connectionId),
          eq(deliveryRows.state, "queued"),
          or(isNull(deliveryRows.nextAt), lte(deliveryRows.nextAt, new Date())),
          // Behind one whose answer is out or lost nothing of its key leaves.
          sql`not exists (select from delivery_rows ahead where ahead.connection_id = ${connectionId}
            and ahead.key_hash = ${deliveryRows.keyHash} and ahead.state in ('sending', 'unknown'))`,
        ),
      )
      .orderBy(asc(deliveryRows.deliveryNumber), asc(deliveryRows.position))
      .limit(WIDTH),
  );
}

/** What an earlier lease left at the vendor: its answer came to nobody. */
async function noteLost({ context, work, lease }: Session): Promise<void> {
  await asSystem(context, "note lost answers", async (tx) => {
    const left = await tx
      .select()
      .from(deliveryRows)
      .where(
        and(
          eq(deliveryRows.connectionId, work.owner.connectionId),
          eq(deliveryRows.state, "sending"),
          ne(deliveryRows.sentUnder, lease.id),
        ),
      );
    for (const row of left)
      await moveRow(tx, work, row, {
        event: "lose",
        lookUps: 0,
        tries: row.tries + 1,
        nextAt: nextLookUpAt(new Date(), 0, context.deliveries.lookUpDelaysMs),
      });
  });
}

async function listDueLookUps({ context, work }: Session): Promise<Row[]> {
  return asSystem(context, "list look-ups", (tx) =>
    tx
      .select()
      .from(deliveryRows)
      .where(
        and(
          eq(deliveryRows.connectionId, work.owner.connectionId),
          inArray(deliveryRows.state, ["unknown"]),
          lte(deliveryRows.nextAt, new Date()),
        ),
      )
      .orderBy(asc(deliveryRows.nextAt))
      .limit(20),
  );
}
