import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import {
  activationRequests,
  activations,
  candidates,
  connections,
  grants,
  offboardings,
  outboxMails,
  sealedSecrets,
  tasks,
} from "@/db/schema";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import { listLooseEnds } from "./find-loose-ends";
import type { KeyHistory } from "./key-history";
import type { JourneyVendor, Party } from "./vendor";

type Rows = Awaited<ReturnType<typeof readRows>>;

/** What is not true at the end of a journey, in words; nothing when all is well. */
export async function findUntruths(
  vendor: JourneyVendor,
  party: Party,
  history: KeyHistory,
): Promise<string[]> {
  const rows = await readRows(vendor, party);
  return [
    ...listUnended(rows),
    ...listMailTrouble(rows),
    ...listDoubledConnections(rows),
    ...listKeylessConnections(rows),
    ...listLeftKeys(rows),
    ...listKeysWithoutOwner(vendor, party, rows, history),
    ...(await listLooseEnds(vendor, party)),
  ];
}

async function readRows({ database: { admin } }: JourneyVendor, { viewers }: Party) {
  const accountIds = viewers.map(({ accountId }) => accountId);
  const requests = await admin.orm
    .select()
    .from(activationRequests)
    .where(inArray(activationRequests.accountId, accountIds));
  const live = await admin.orm
    .select({ connection: connections, externalId: activations.externalId })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(and(inArray(connections.accountId, accountIds), ne(connections.state, "removed")));
  return {
    requests,
    live,
    activations: await admin.orm.select().from(activations).where(inArray(activations.accountId, accountIds)),
    grants: await admin.orm.select().from(grants).where(inArray(grants.accountId, accountIds)),
    candidates: await admin.orm.select().from(candidates).where(inArray(candidates.accountId, accountIds)),
    connections: await admin.orm.select().from(connections).where(inArray(connections.accountId, accountIds)),
    ends: await admin.orm.select().from(offboardings).where(inArray(offboardings.accountId, accountIds)),
    mails: await admin.orm.select().from(outboxMails).where(inArray(outboxMails.accountId, accountIds)),
    secrets: await admin.orm.select().from(sealedSecrets),
    tasks: await admin.orm.select().from(tasks).where(isNull(tasks.resolvedAt)),
  };
}

function listUnended({ requests, activations: all }: Rows): string[] {
  const ended = ["active", "rejected", "timed_out", "failed", "cancelled"];
  return [
    ...requests
      .filter(({ state }) => state !== "settled" && state !== "cancelled")
      .map(({ id, state }) => `request ${id} is still ${state}`),
    ...all
      .filter(({ state }) => !ended.includes(state))
      .map(({ id, state }) => `activation ${id} is still ${state}`),
  ];
}

function listMailTrouble({ requests, mails }: Rows): string[] {
  return requests.flatMap(({ id, state }) => {
    const own = mails.filter((mail) => mail.subjectId === id && mail.kind === "request_settled");
    const expected = state === "settled" ? "sent" : "";
    const found = own.map((mail) => mail.state).join();
    return found === expected ? [] : [`the mails of ${state} request ${id} are "${found}"`];
  });
}

function listDoubledConnections({ live }: Rows): string[] {
  const ids = live.map(({ externalId }) => externalId);
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `environment ${id} has two live connections`);
}

function listKeylessConnections({ live, secrets, activations: all }: Rows): string[] {
  return live.flatMap(({ connection }) => {
    const keys = secrets.filter(({ ownerId, name }) => ownerId === connection.id && name === "api_key");
    const activation = all.find(({ id }) => id === connection.activationId);
    return [
      ...(keys.length === 1 ? [] : [`connection ${connection.id} has ${keys.length} keys`]),
      ...(activation?.state === "active"
        ? []
        : [`connection ${connection.id} lives on a ${activation?.state} activation`]),
    ];
  });
}

/** Secrets whose owner has ended, and keys that are held although nobody will decide about them. */
function listLeftKeys({
  connections: all,
  candidates: offered,
  grants: given,
  secrets,
  tasks: open,
}: Rows): string[] {
  const removed = all.filter(({ state }) => state === "removed").map(({ id }) => id);
  const held = offered.filter(
    ({ id, keyState }) => keyState === "held" && !open.some(({ subjectId }) => subjectId === id),
  );
  const withoutHeld = given.filter(
    ({ id }) => !offered.some(({ grantId, keyState }) => grantId === id && keyState === "held"),
  );
  const ownedBy = (ids: string[]) => secrets.filter(({ ownerId }) => ids.includes(ownerId));
  return [
    ...held.map(({ id }) => `key ${id} is still held`),
    ...ownedBy(removed).map(({ ownerId, name }) => `removed connection ${ownerId} has its ${name}`),
    ...ownedBy(withoutHeld.map(({ id }) => id)).map(
      ({ ownerId, name }) => `grant ${ownerId} has its ${name}`,
    ),
  ];
}

/** Keys that work at the vendor without a connection here that has them, or a task that tells of them. */
function listKeysWithoutOwner(
  vendor: JourneyVendor,
  party: Party,
  rows: Rows,
  history: KeyHistory,
): string[] {
  return vendor
    .listWorkingKeys(party)
    .filter(({ externalId, secret }) => {
      const fingerprint = fingerprintOf(vendor.context.keys, secret);
      const isConnected = rows.live.some(({ connection }) =>
        rows.secrets.some((row) => row.ownerId === connection.id && row.fingerprint === fingerprint),
      );
      if (isConnected || history.isLeftToCustomer(secret, rows.ends)) return false;
      return !listSubjects(externalId, rows).some((id) => isTaskAbout(rows, id));
    })
    .map(({ externalId }) => `a key of ${externalId} has no owner`);
}

/** Rows that a task about the environment may name. */
function listSubjects(
  externalId: string,
  { activations: all, candidates: offered, connections: made, grants: given }: Rows,
): string[] {
  const own = all.filter((one) => one.externalId === externalId).map(({ id }) => id);
  return [
    ...own,
    ...offered.filter((one) => one.externalId === externalId).map(({ id }) => id),
    ...made.filter(({ activationId }) => own.includes(activationId)).map(({ id }) => id),
    ...given.map(({ id }) => id),
  ];
}

function isTaskAbout({ tasks: open }: Rows, id: string): boolean {
  return open.some(({ subjectId }) => subjectId === id);
}
