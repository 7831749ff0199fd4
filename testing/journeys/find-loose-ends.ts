import { inArray } from "drizzle-orm";
import { connections, offboardingSteps, offboardings, outboxMails, pastedKeys } from "@/db/schema";
import { CLOSING_STEP } from "@/lib/connection/offboarding/rules";
import type { JourneyVendor, Party } from "./vendor";

type Rows = Awaited<ReturnType<typeof readRows>>;

/** What was begun with a key by hand and has not come to its end, in words: the ends of connections, and pasted keys. */
export async function listLooseEnds(vendor: JourneyVendor, party: Party): Promise<string[]> {
  const rows = await readRows(vendor, party);
  return [
    ...listUnclosed(rows),
    ...listGapsInRecords(rows),
    ...listMailTrouble(rows),
    ...rows.pasted
      .filter(({ state, sealedKey }) => state === "checking" || sealedKey !== null)
      .map(({ id, state }) => `pasted key ${id} is still ${state}`),
  ];
}

async function readRows({ database: { admin } }: JourneyVendor, { viewers }: Party) {
  const accountIds = viewers.map(({ accountId }) => accountId);
  const { orm } = admin;
  return {
    connections: await orm.select().from(connections).where(inArray(connections.accountId, accountIds)),
    ends: await orm.select().from(offboardings).where(inArray(offboardings.accountId, accountIds)),
    steps: await orm.select().from(offboardingSteps).where(inArray(offboardingSteps.accountId, accountIds)),
    mails: await orm.select().from(outboxMails).where(inArray(outboxMails.accountId, accountIds)),
    pasted: await orm.select().from(pastedKeys).where(inArray(pastedKeys.accountId, accountIds)),
  };
}

function listUnclosed({ connections: all, ends }: Rows): string[] {
  return all.flatMap(({ id, state }) => {
    const end = ends.find(({ connectionId }) => connectionId === id);
    if (state === "offboarding") return [`connection ${id} is still being ended`];
    if (state === "removed") return end?.outcome ? [] : [`removed connection ${id} has no outcome`];
    return end ? [`connection ${id} is ${state} and was ended`] : [];
  });
}

/** The record is the proof: each closed end says how it began, what became of the key, and that our copy is gone. */
function listGapsInRecords({ ends, steps }: Rows): string[] {
  return ends.flatMap(({ connectionId, askedBy, outcome }) => {
    if (outcome === null) return [];
    const kinds = steps.filter((step) => step.connectionId === connectionId).map(({ kind }) => kind);
    const ofKey = askedBy === "system" ? [] : [CLOSING_STEP[outcome]];
    const expected = ["asked", "calls_stopped", "data_key_destroyed", "closed", ...ofKey] as const;
    return expected
      .filter((kind) => !kinds.includes(kind))
      .map((kind) => `the record of ${connectionId} lacks ${kind}`);
  });
}

/** What somebody asked for at once has one mail to each side. */
function listMailTrouble({ ends, mails }: Rows): string[] {
  const asked = ends.filter(({ askedBy }) => askedBy !== "system").map(({ askId }) => askId);
  return [...new Set(asked)].flatMap((askId) => {
    const own = mails.filter(({ subjectId }) => subjectId === askId);
    const found = own.map(({ kind, state }) => `${kind} ${state}`).toSorted();
    const expected = ["connections_ended sent", "connections_ended_partner sent"];
    return found.join() === expected.join() ? [] : [`the mails about the end ${askId} are "${found}"`];
  });
}
