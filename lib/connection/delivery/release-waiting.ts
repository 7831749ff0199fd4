import { and, eq, inArray, isNotNull, lt, lte, or } from "drizzle-orm";
import { deliveryRows } from "@/db/schema";
import { isCause, WAITING_CAUSES, type WaitingCause } from "@/lib/connectors/causes";
import { asSystem } from "@/lib/platform/worker-context";
import { judgeFailure, type Pause } from "./judge-failure";
import type { Row } from "./move-row";
import { LONGEST_WAIT_MS, LOOK_AT_CAUSE_MS } from "./rules";
import type { Session } from "./session";
import { move, prepareRow } from "./write-row";

const AT_ONCE = 50;

/** Lets go of rows whose cause is seen to have ended, and gives up those that have waited too long. */
export async function releaseWaiting(session: Session, now: Date): Promise<Pause | null> {
  const due = await asSystem(session.context, "list waiting rows", (tx) =>
    tx
      .select()
      .from(deliveryRows)
      .where(
        and(
          eq(deliveryRows.connectionId, session.work.owner.connectionId),
          or(
            and(inArray(deliveryRows.state, ["waiting", "incomplete"]), lte(deliveryRows.nextAt, now)),
            and(
              eq(deliveryRows.state, "waiting"),
              lt(deliveryRows.stateSince, new Date(now.getTime() - LONGEST_WAIT_MS)),
            ),
          ),
        ),
      )
      .orderBy(deliveryRows.nextAt)
      .limit(AT_ONCE),
  );
  for (const row of due) {
    if (!session.lease.isHeld()) return null;
    const pause = await lookAtCause(session, row, now);
    if (pause) return pause;
  }
  return null;
}

async function lookAtCause(session: Session, row: Row, now: Date): Promise<Pause | null> {
  if (row.state === "incomplete") {
    await move(session, row, { event: "release" });
    return null;
  }
  if (now.getTime() - row.stateSince.getTime() > LONGEST_WAIT_MS) {
    const cause = "waited_too_long";
    await move(session, row, { event: "give_up", cause, problems: [{ field: row.field, cause }] });
    return null;
  }
  let hasEnded = false;
  try {
    hasEnded = await hasCauseEnded(session, row);
  } catch (error) {
    return judgeFailure(session, error).pause;
  }
  if (hasEnded) await move(session, row, { event: "release" });
  else await lookLater(session, row, now);
  return null;
}

const isWaiting = (code: string): code is WaitingCause =>
  isCause(code) && Object.hasOwn(WAITING_CAUSES, code);

async function hasCauseEnded(session: Session, row: Row): Promise<boolean> {
  const { connection, vendor, key } = session;
  const cause = row.cause ?? "";
  // The daily check, or one that the refusal asked for, found the rights to be there.
  if (cause === "rights_missing")
    return (
      connection.verifiedAt !== null &&
      connection.verifiedAt > row.stateSince &&
      connection.state === "active"
    );
  if (!isWaiting(cause)) return false;
  const prepared = await prepareRow(session, row);
  if (cause === "settings_missing") return "input" in prepared;
  if ("move" in prepared) return false;
  return (await prepared.entity.hasEnded?.(vendor, key, cause, prepared.input)) ?? false;
}

async function lookLater({ context }: Session, row: Row, now: Date): Promise<void> {
  await asSystem(context, "look at the cause later", (tx) =>
    tx
      .update(deliveryRows)
      .set({ nextAt: new Date(now.getTime() + LOOK_AT_CAUSE_MS) })
      .where(
        and(eq(deliveryRows.id, row.id), eq(deliveryRows.state, "waiting"), isNotNull(deliveryRows.nextAt)),
      ),
  );
}
