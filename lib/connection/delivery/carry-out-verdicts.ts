import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { deliveryRows, rowVerdicts } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { decryptToWorker } from "@/lib/platform/seal/worker-envelope";
import { asSystem } from "@/lib/platform/worker-context";
import { addRows } from "./add-rows";
import { closeDelivery } from "./close-delivery";
import { type Move, moveRow, type Row } from "./move-row";
import { openDelivery } from "./open-delivery";
import { openBody, openRowRecord } from "./sealed-row";
import type { Session } from "./session";

type VerdictRow = typeof rowVerdicts.$inferSelect;

/** What `encryptToWorker` was given with a verdict: it names its row, so that it is worth nothing on another one. */
const sealedVerdict = z.object({ rowId: z.uuid(), content: z.string() });

const AT_ONCE = 100;

/** Carries out what people said of rows. Each verdict ends with it, also one that the row's state no longer allows. */
export async function carryOutVerdicts(session: Session): Promise<void> {
  const verdicts = await asSystem(session.context, "list verdicts", (tx) =>
    tx
      .select({ verdict: rowVerdicts, row: deliveryRows })
      .from(rowVerdicts)
      .innerJoin(deliveryRows, eq(deliveryRows.id, rowVerdicts.rowId))
      .where(eq(rowVerdicts.connectionId, session.work.owner.connectionId))
      .orderBy(asc(rowVerdicts.id))
      .limit(AT_ONCE),
  );
  for (const { verdict, row } of verdicts)
    await asSystem(session.context, `verdict: ${verdict.verdict}`, async (tx) => {
      await carryOut(tx, session, verdict, row);
      await tx.delete(rowVerdicts).where(eq(rowVerdicts.id, verdict.id));
    });
}

async function carryOut(
  tx: SystemTransaction,
  session: Session,
  verdict: VerdictRow,
  row: Row,
): Promise<void> {
  const { work } = session;
  const apply = (move: Move) => moveRow(tx, work, row, move);
  const isOpen = ["waiting", "unknown", "incomplete"].includes(row.state);
  switch (verdict.verdict) {
    case "retry":
      if (row.state === "waiting" || row.state === "incomplete") await apply({ event: "release" });
      else if (row.state === "rejected" && row.sealedBody !== null)
        await sendAgain(tx, session, verdict, row, openBody(work.data, row.id, row.sealedBody));
      return;
    case "fix": {
      const fields = await openContent(tx, session, verdict);
      if (fields === null || (row.state !== "rejected" && row.state !== "waiting")) return;
      await sendAgain(tx, session, verdict, row, JSON.parse(fields));
      return;
    }
    case "exists": {
      const vendorId = await openContent(tx, session, verdict);
      if (vendorId === null || (row.state !== "unknown" && row.cause !== "number_in_use")) return;
      await apply({ event: "find_written", record: { vendorId, label: null }, wasCreated: false });
      return;
    }
    case "absent":
      if (row.state === "unknown") await apply({ event: "release", lookUps: 0, tries: 0 });
      return;
    case "accept":
      if (row.state === "waiting" && row.cause === "total_differs" && row.sealedRecord !== null)
        await apply({
          event: "find_written",
          record: openRowRecord(work.data, row.id, row.sealedRecord),
          isAsSent: true,
        });
      return;
    case "dismiss":
      if (isOpen)
        await apply({
          event: "give_up",
          cause: "dismissed",
          problems: [{ field: null, cause: "dismissed" }],
        });
      if (isOpen || row.state === "rejected")
        await tx.update(deliveryRows).set({ recoveredAt: new Date() }).where(eq(deliveryRows.id, row.id));
      return;
    default:
      verdict.verdict satisfies never;
  }
}

/** A fix and a second try of a rejected row are new rows, which name the old one, in a delivery of the person who asked. */
async function sendAgain(
  tx: SystemTransaction,
  { context, work }: Session,
  verdict: VerdictRow,
  row: Row,
  fields: unknown,
): Promise<void> {
  const delivery = await openDelivery(tx, context.keys, {
    connectionId: work.owner.connectionId,
    entity: row.entity,
    door: "page",
    sentBy: verdict.decidedBy,
  });
  const [added] = await addRows(tx, delivery, [{ position: 1, fields, replacesRowId: row.id }]);
  await closeDelivery(tx, delivery);
  // The new row has the old one's place in the inbox, also when it is wrong again.
  if (added)
    await tx.update(deliveryRows).set({ recoveredAt: new Date() }).where(eq(deliveryRows.id, row.id));
}

async function openContent(
  tx: SystemTransaction,
  { context }: Session,
  { rowId, sealed }: VerdictRow,
): Promise<string | null> {
  if (sealed === null) return null;
  const read = sealedVerdict.safeParse(await decryptToWorker(tx, context, sealed));
  return read.success && read.data.rowId === rowId ? read.data.content : null;
}
