import { and, eq } from "drizzle-orm";
import { connections, deliveryRows } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { listHoldFacts } from "@/lib/connection/hold/queries";
import { findStop } from "@/lib/connection/lifecycle/permissions";
import type { Entity, WriteInput, WriteResult } from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { asSystem } from "@/lib/platform/worker-context";
import { checkRow } from "./add-rows";
import { findWritten } from "./find-written";
import { judgeFailure, type Pause } from "./judge-failure";
import { type Move, moveRow, type Row } from "./move-row";
import { LOOK_AT_CAUSE_MS, nextLookUpAt } from "./rules";
import { openBody, recordOf } from "./sealed-row";
import { makeInput, type Session } from "./session";
import { waitForParent } from "./wait-for-parent";

/**
 * Takes a queued row to the vendor, or to what it comes to without it. It is marked as sent before the call, so that a
 * process that dies meanwhile leaves a row whose answer is known to be lost. Gives how long the whole queue has to rest.
 */
export async function writeRow(session: Session, row: Row): Promise<Pause | null> {
  const prepared = await prepareRow(session, row);
  if ("move" in prepared) {
    await move(session, row, prepared.move);
    return null;
  }
  const { entity } = prepared;
  let { input } = prepared;
  let isThere = false;
  if (input.written === null) {
    try {
      const found = await entity.lookUp(session.vendor, session.key, input);
      if (found?.kind === "foreign") {
        await move(session, row, foreignHasKey(found.vendorWords));
        return null;
      }
      if (found) input = { ...input, written: recordOf(found) };
      isThere = found?.isSame === true;
    } catch (error) {
      return judgeFailure(session, error).pause;
    }
  }
  const sent = await markSent(session, row);
  if (!sent) return null;
  if (isThere && input.written) {
    await move(session, sent, { event: "write", record: input.written, wasCreated: false, isAsSent: true });
    return null;
  }
  return send(session, sent, entity, input);
}

async function send(session: Session, row: Row, entity: Entity, input: WriteInput): Promise<Pause | null> {
  let result: WriteResult;
  try {
    result = await entity.write(session.vendor, session.key, input);
  } catch (error) {
    const { fate, pause } = judgeFailure(session, error);
    const now = new Date();
    if (fate === "not_sent") await move(session, row, { event: "take_back", nextAt: null });
    else if (fate === "refused") await move(session, row, refusedWith(error));
    else if (fate === "rights")
      await move(session, row, {
        event: "wait",
        cause: "rights_missing",
        nextAt: new Date(now.getTime() + LOOK_AT_CAUSE_MS),
      });
    else
      await move(session, row, {
        event: "lose",
        lookUps: 0,
        tries: row.tries + 1,
        nextAt: nextLookUpAt(now, 0, session.context.deliveries.lookUpDelaysMs),
      });
    return pause;
  }
  await asSystem(session.context, "record what was written", (tx) => settle(tx, session, row, result));
  return null;
}

async function settle(tx: SystemTransaction, session: Session, row: Row, result: WriteResult): Promise<void> {
  const { work } = session;
  switch (result.kind) {
    case "written":
    case "incomplete": {
      const { wasCreated } = result;
      const isWhole = result.kind === "written";
      await moveRow(tx, work, row, {
        event: isWhole ? "write" : "write_in_part",
        record: recordOf(result),
        wasCreated,
        isAsSent: isWhole,
        nextAt: isWhole ? null : new Date(Date.now() + LOOK_AT_CAUSE_MS),
      });
      return;
    }
    case "rejected":
      await moveRow(tx, work, row, {
        event: "refuse",
        cause: result.problems[0]?.cause ?? "vendor_refused",
        problems: result.problems,
      });
      return;
    case "waiting": {
      if (result.cause === "parent_missing" && result.parentKey !== undefined)
        return waitForParent(tx, work, row, { entity: result.parentEntity, key: result.parentKey });
      await moveRow(tx, work, row, {
        event: "wait",
        cause: result.cause,
        ...(result.record && { record: result.record }),
        ...(result.vendorWords !== undefined && {
          problems: [{ field: null, cause: "vendor_refused", vendorWords: result.vendorWords }],
        }),
        nextAt: new Date(Date.now() + LOOK_AT_CAUSE_MS),
      });
    }
  }
}

type Prepared = { move: Move } | { entity: Entity; input: WriteInput };

const LOOK_AT_SETTINGS_MS = 60_000;

/** The row as the connector gets it, or where it goes without a call. */
export async function prepareRow(session: Session, row: Row): Promise<Prepared> {
  const { context, work } = session;
  const entity = session.findEntity(row.entity);
  if (!entity || row.sealedBody === null || row.keyHash === null)
    throw new Error(`a queued row of ${row.entity} cannot be read`);
  if (!session.isWithinRights(entity)) {
    const nextAt = new Date(Date.now() + LOOK_AT_CAUSE_MS);
    return { move: { event: "wait", cause: "rights_missing", nextAt } };
  }
  const settings = await session.getSettings(entity);
  if (settings === null) {
    const nextAt = new Date(Date.now() + LOOK_AT_SETTINGS_MS);
    return { move: { event: "wait", cause: "settings_missing", nextAt } };
  }
  const { row: parsed, problems } = checkRow(
    { entity, settings },
    openBody(work.data, row.id, row.sealedBody),
  );
  const [first] = problems;
  if (first || parsed === null)
    return { move: { event: "refuse", cause: first?.cause ?? "field_invalid", problems } };
  const { keyHash } = row;
  const last = await asSystem(context, "find what was written", (tx) => findWritten(tx, work, keyHash));
  if (row.state === "queued" && last?.contentHash === row.contentHash)
    return { move: { event: "find_unchanged" } };
  return { entity, input: await makeInput(session, row, { row: parsed, settings }) };
}

/** null when the row, the connection or the lease is not what it was: then nothing may leave. */
async function markSent({ context, work, lease }: Session, row: Row): Promise<Row | null> {
  return asSystem(context, "mark row as sent", async (tx) => {
    const [connection] = await tx
      .select({ state: connections.state, attention: connections.attention })
      .from(connections)
      .where(eq(connections.id, work.owner.connectionId))
      .for("share");
    if (!connection || !lease.isHeld()) return null;
    const holds = await listHoldFacts(tx, work.owner.connectionId);
    if (findStop("write", connection, holds, new Date())) return null;
    const isMarked = await moveRow(tx, work, row, { event: "send", sentUnder: lease.id });
    return isMarked ? { ...row, state: "sending" } : null;
  });
}

function refusedWith(error: unknown): Move {
  const vendorWords = error instanceof ConnectorError ? error.answer.messages.join("\n") : "";
  return {
    event: "refuse",
    cause: "vendor_refused",
    problems: [{ field: null, cause: "vendor_refused", ...(vendorWords !== "" && { vendorWords }) }],
  };
}

export const foreignHasKey = (vendorWords: string | undefined): Move => ({
  event: "wait",
  cause: "number_in_use",
  ...(vendorWords !== undefined && { problems: [{ field: null, cause: "vendor_refused", vendorWords }] }),
});

/** When the row is looked for again; null: a person decides. */
export const noteLookUp = (
  { context }: Session,
  { id, lookUps }: Pick<Row, "id" | "lookUps">,
  nextAt: Date | null,
): Promise<unknown> =>
  asSystem(context, "note look-up", (tx) =>
    tx
      .update(deliveryRows)
      .set({ lookUps, nextAt })
      .where(and(eq(deliveryRows.id, id), eq(deliveryRows.state, "unknown"))),
  );

export const move = (session: Session, row: Row, change: Move): Promise<boolean> =>
  asSystem(session.context, `row: ${change.event}`, (tx) => moveRow(tx, session.work, row, change));
