import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectionCounters, deliveries, unchangedSets } from "@/db/schema";
import { EXPORT_READERS } from "@/lib/connection/export/read-lines";
import { asSystem } from "@/lib/platform/worker-context";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { addCompany } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { makeRandom } from "@/testing/kill/killer";
import { findDelivery } from "./queries";
import { ChangedMeanwhile, listSetRows } from "./unchanged-sets";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

type Own = Awaited<ReturnType<typeof connectForDeliveries>>;
/** Keys with their quantities: what one reading of a file adds at once. */
type Batch = readonly (readonly [key: string, quantity: number])[];

const connect = async () => connectForDeliveries(world, await addCompany(world));
const rowOf = ([key, quantity]: Batch[number]) =>
  makeInvoiceRow(key, { lines: [{ ...LINE, quantity: String(quantity) }] });
const system = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(world.context, "test", work);

const sendFile = (own: Own, batches: readonly Batch[], options: Parameters<Own["sendFile"]>[1] = {}) =>
  own.sendFile(
    batches.map((batch) => batch.map(rowOf)),
    options,
  );

const listSets = (own: Own) =>
  world.database.admin.orm
    .select()
    .from(unchangedSets)
    .where(eq(unchangedSets.connectionId, own.connectionId));
const countInSets = async (own: Own) => (await listSets(own)).reduce((sum, { count }) => sum + count, 0);

/** `position outcome` of each row of a delivery, wherever it is kept. */
async function tellOutcomes(own: Own, deliveryId: string): Promise<string[]> {
  const rows = (await own.listRows()).filter((row) => row.deliveryId === deliveryId);
  const { data } = await own.findWork();
  const inSets = await system((tx) =>
    listSetRows(tx, data, { connectionId: own.connectionId, deliveryId }, { from: 0 }),
  );
  return [
    ...rows.map(({ position, state }) => [position, state] as const),
    ...inSets.map(({ position, outcome }) => [position, outcome] as const),
  ]
    .toSorted(([a], [b]) => a - b)
    .map(([position, state]) => `${position} ${state}`);
}
const quantitiesAtVendor = () =>
  world.sandbox
    .getState()
    .invoices.map(
      ({ companyId, body }) =>
        `${companyId} ${body.originalInvoiceNumber} ${body.invoiceRows?.[0]?.quantity}`,
    )
    .toSorted();
const readCounters = async ({ connectionId }: Own) => {
  const rows = await world.database.admin.orm
    .select()
    .from(connectionCounters)
    .where(eq(connectionCounters.connectionId, connectionId));
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
};

test("what has not changed is kept in sets, and told of as other rows are", async () => {
  const own = await connect();
  await own.deliver([rowOf(["1", 2]), rowOf(["2", 2]), rowOf(["3", 2])]);
  await own.pump();
  const { id } = await sendFile(own, [
    [
      ["1", 2],
      ["2", 3],
    ],
    [
      ["3", 2],
      ["4", 1],
    ],
  ]);
  await own.pump();
  expect((await listSets(own)).map(({ positions, count, keyIds }) => [positions, count, keyIds])).toEqual([
    [[1], 1, null],
    [[3], 1, null],
  ]);
  expect(await tellOutcomes(own, id)).toEqual(["1 unchanged", "2 written", "3 unchanged", "4 written"]);
  const view = await system((tx) => findDelivery(tx, own.connectionId, id));
  expect(view).toMatchObject({ state: "settled", rowCount: 4, counts: { unchanged: 2, written: 2 } });
  expect(await readCounters(own)).toEqual({ written: 5, unchanged: 2 });
});

test("an export has them among its outcomes, and its history is without a gap", async () => {
  const own = await connect();
  await own.deliver([rowOf(["1", 2]), rowOf(["2", 2])]);
  await own.pump();
  const { id } = await sendFile(own, [
    [
      ["1", 2],
      ["2", 2],
    ],
  ]);
  const of = { connectionId: own.connectionId, accountId: own.viewer.accountId, requestId: id };
  const readAll = async (file: "outcomes" | "history") => {
    const lines: Record<string, unknown>[] = [];
    for await (const page of EXPORT_READERS[file].read(system, world.context.keys, of)) lines.push(...page);
    return lines;
  };
  const outcomes = await readAll("outcomes");
  expect(outcomes.filter(({ deliveryId }) => deliveryId === id)).toMatchObject([
    { key: "1", position: 1, outcome: "unchanged" },
    { key: "2", position: 2, outcome: "unchanged" },
  ]);
  expect(Object.keys(outcomes.at(-1) ?? {})).toEqual(EXPORT_READERS.outcomes.columns);
  const history = await readAll("history");
  expect(history.map(({ number, outcome }) => `${number} ${outcome}`)).toEqual([
    "1 written",
    "2 written",
    "3 unchanged",
    "4 unchanged",
  ]);
});

const KEYS = ["1", "2", "3", "4", "5", "6"];
const makeBatches = (random: () => number): Batch[] =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, (): Batch[number] => [
      KEYS[Math.floor(random() * KEYS.length)] ?? "1",
      random() < 0.6 ? 2 : 3,
    ]),
  );

test("whatever a file repeats, the outcomes are those of rows that are kept each for itself", async () => {
  for (let seed = 1; seed <= 4; seed += 1) {
    const batches = makeBatches(makeRandom(seed));
    const [inSets, alone] = [await connect(), await connect()];
    for (const own of [inSets, alone]) {
      await own.deliver(KEYS.slice(0, 4).map((key) => rowOf([key, 2])));
      await own.pump();
    }
    const first = await sendFile(inSets, batches);
    const second = await sendFile(alone, batches, { keepsEachRow: true });
    expect(await countInSets(inSets), `seed ${seed}`).toBeGreaterThan(0);
    expect(await countInSets(alone)).toBe(0);
    const outcomes = await tellOutcomes(inSets, first.id);
    expect(outcomes, `seed ${seed}`).toEqual(await tellOutcomes(alone, second.id));
    for (const own of [inSets, alone]) await own.pump();
    expect(await readCounters(inSets), `seed ${seed}`).toEqual(await readCounters(alone));
    expect(inSets.countAtVendor()).toEqual(alone.countAtVendor());
    const last = new Map(batches.flat());
    for (const [key, quantity] of last)
      expect(
        quantitiesAtVendor().filter((line) => line.endsWith(` ${key} ${quantity}`)).length,
      ).toBeGreaterThanOrEqual(2);
  }
});

test.each([
  ["queued", async () => {}],
  ["written", (own: Own) => own.pump()],
])("a key that another delivery has %s meanwhile: nothing is said of the file's row", async (_, then) => {
  const own = await connect();
  await own.deliver([rowOf(["1", 2]), rowOf(["2", 2])]);
  await own.pump();
  const sending = sendFile(own, [[["1", 2]]], {
    before: async () => {
      await own.deliver([rowOf(["1", 3])]);
      await then(own);
    },
  });
  await expect(sending).rejects.toThrow(ChangedMeanwhile);
  // Of other keys whatever may come.
  await sendFile(own, [[["2", 2]]], { before: async () => void (await own.deliver([rowOf(["3", 1])])) });
  const open = await world.database.admin.orm
    .select()
    .from(deliveries)
    .where(eq(deliveries.state, "collecting"));
  expect(open.filter(({ connectionId }) => connectionId === own.connectionId)).toHaveLength(1);
});

test("while a row of its key is under way a row is kept for itself", async () => {
  const own = await connect();
  await own.deliver([rowOf(["1", 2])]);
  await own.pump();
  await own.deliver([rowOf(["1", 3])]);
  const { id } = await sendFile(own, [[["1", 2]]]);
  expect(await listSets(own)).toEqual([]);
  expect(await tellOutcomes(own, id)).toEqual(["1 unchanged"]);
  expect(
    only((await own.listRows()).filter(({ deliveryId, state }) => deliveryId !== id && state !== "written"))
      .state,
  ).toBe("superseded");
});
