import { asSystem } from "@/lib/platform/worker-context";
import { judgeFailure, type Pause } from "./judge-failure";
import { moveRow, type Row } from "./move-row";
import { MOST_LOSSES, nextLookUpAt } from "./rules";
import { recordOf } from "./sealed-row";
import type { Session } from "./session";
import { foreignHasKey, move, noteLookUp, prepareRow } from "./write-row";

/**
 * Looks at the vendor for a row whose answer was lost. What is there as the row says is written; what is there otherwise is
 * updated; nothing at the last look-up means that the row may go again. After several losses a person decides.
 */
export async function lookUpRow(session: Session, row: Row): Promise<Pause | null> {
  const prepared = await prepareRow(session, row);
  // Settings were taken away or changed meanwhile: what is at the vendor is found by a person.
  if ("move" in prepared) {
    await noteLookUp(session, row, null);
    return null;
  }
  const { entity, input } = prepared;
  let found: Awaited<ReturnType<typeof entity.lookUp>>;
  try {
    found = await entity.lookUp(session.vendor, session.key, input);
  } catch (error) {
    const { pause } = judgeFailure(session, error);
    await noteLookUp(session, row, new Date(Date.now() + LOOK_AGAIN_MS));
    return pause;
  }
  if (found?.kind === "foreign") {
    await move(session, row, foreignHasKey(found.vendorWords));
  } else if (found) {
    const record = recordOf(found);
    await asSystem(session.context, "record what was found", async (tx) => {
      if (found.isSame) {
        const wasCreated = input.written === null;
        await moveRow(tx, session.work, row, { event: "find_written", record, wasCreated, isAsSent: true });
      } else await moveRow(tx, session.work, row, { event: "release", record, lookUps: 0 });
    });
  } else await foundNothing(session, row);
  return null;
}

/** The look-up itself came to nothing, and does not count. */
const LOOK_AGAIN_MS = 30_000;

async function foundNothing(session: Session, row: Row): Promise<void> {
  const lookUps = row.lookUps + 1;
  const next = nextLookUpAt(row.stateSince, lookUps, session.context.deliveries.lookUpDelaysMs);
  if (next === null && row.tries < MOST_LOSSES) await move(session, row, { event: "release", lookUps: 0 });
  else await noteLookUp(session, { ...row, lookUps }, next);
}
