import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { waitFor } from "@/testing/wait-for";
import { LINE, makeInvoiceRow } from "../fixtures/deliveries";
import { createDeliveryWorld, type DeliveryTarget, type DeliveryWorld } from "./delivery-world";
import { type Kill, killAtRandom, makeRandom, type Victim } from "./killer";

const { rows: COUNT, seed: givenSeed } = inject("kill");
const CONNECTIONS = 4;
const ROWS_A_DELIVERY = 10;
/** So that each kill has something to hit. */
const ROWS_A_KILL = 25;
/** Every so many keys come twice, with another quantity the second time. */
const TWICE_EVERY = 5;
const MINUTE_MS = 60_000;
const AGAIN_AFTER_MS = 200;
/** The stand-in commits so long after it cut the line: earlier than the last look-up. */
const LATE_BY_MS = 1_000;

let world: DeliveryWorld;
beforeAll(async () => {
  world = await createDeliveryWorld(CONNECTIONS);
  await Promise.all([world.worker.start(), world.gateway.start()]);
}, 5 * MINUTE_MS);
afterAll(() => world.close(), MINUTE_MS);

const seed = givenSeed ?? randomInt(2 ** 31);
const kills: Kill[] = [];

/** Numbers of invoices by connection; those of each are its own. */
const numbersOf = (target: DeliveryTarget): string[] => {
  const at = world.targets.indexOf(target);
  return Array.from({ length: COUNT / CONNECTIONS }, (_, index) => `${at}-${index}`);
};
const isTwice = (number: string): boolean => Number(number.split("-")[1]) % TWICE_EVERY === 0;
const rowOf = (number: string, quantity: string) =>
  makeInvoiceRow(number, { lines: [{ ...LINE, quantity }] });

/** A call of the partner's software, repeated until it has an answer. */
async function call(target: DeliveryTarget, path: string, init: RequestInit = {}) {
  for (;;) {
    const response = await fetch(`${world.gatewayUrl}/gateway/v1/connections/${target.connectionId}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${world.apiKey}`, ...init.headers },
    }).catch(() => null);
    const body = await response?.json().catch(() => null);
    if (response?.ok && body) return body;
    if (response && response.status < 500 && response.status !== 409)
      throw new Error(`${response.status}: ${JSON.stringify(body)}`);
    await delay(AGAIN_AFTER_MS);
  }
}

async function deliver(target: DeliveryTarget, numbers: readonly string[], quantity: string): Promise<void> {
  await call(target, "/records/sales-invoices", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `${numbers[0]}/${quantity}` },
    body: JSON.stringify({ records: numbers.map((number) => rowOf(number, quantity)) }),
  });
}

type FeedEntry = { number: number; key: string; outcome: string; position: number; deliveryId: string };

/** Follows a feed by its cursor, and keeps each number as often as it came. */
async function follow(target: DeliveryTarget, isOver: () => boolean): Promise<FeedEntry[]> {
  const seen: FeedEntry[] = [];
  let cursor: string | null = null;
  for (;;) {
    const wasOver = isOver();
    const page: { outcomes: FeedEntry[]; nextCursor: string | null; hasMore: boolean } = await call(
      target,
      `/outcomes?limit=20${cursor === null ? "" : `&cursor=${cursor}`}`,
    );
    seen.push(...page.outcomes);
    cursor = page.nextCursor;
    if (!page.hasMore && wasOver) return seen;
    if (!page.hasMore) await delay(AGAIN_AFTER_MS);
  }
}

/** What the vendor gets wrong once more, at each kill: an answer that is lost, or an invoice that comes to be afterwards. */
async function loseAnAnswer(random: () => number): Promise<void> {
  const pattern = { method: "POST", path: "/invoices" };
  await world.vendor.sandbox.setFaults(
    random() < 0.5
      ? { loseAnswerNext: pattern }
      : { carryOutLateNext: { ...pattern, status: null, afterMs: LATE_BY_MS } },
  );
}

function listVictims(random: () => number): Victim[] {
  const { worker, gateway, postgres } = world;
  const withLoss = (victim: Pick<Victim, "kill" | "start">): Pick<Victim, "kill" | "start"> => ({
    start: victim.start,
    kill: async () => {
      await loseAnAnswer(random);
      return victim.kill();
    },
  });
  const database = {
    kill: async () => {
      await postgres.crash();
      return new Date();
    },
    start: async () => {
      await postgres.start();
      await Promise.all([worker.revive(), gateway.revive()]);
    },
  };
  return [
    { ...withLoss(worker), name: "worker", weight: 0.5 },
    { ...withLoss(gateway), name: "gateway", weight: 0.3 },
    { ...withLoss(database), name: "database", weight: 0.2 },
  ];
}

const tellOpen = async () => {
  const rows = (await Promise.all(world.targets.map((target) => target.listRows()))).flat();
  return rows
    .filter(({ state }) => !["written", "unchanged", "superseded"].includes(state))
    .map(({ state, cause, tries, lookUps }) => `${state} ${cause ?? ""} ${tries}/${lookUps}`);
};

test(
  `with worker, gateway and database killed at random (seed ${seed}) every row comes to one outcome`,
  async ({ annotate }) => {
    const random = makeRandom(seed);
    let isDelivered = false;
    let isSettled = false;
    const killing = killAtRandom(listVictims(random), random, kills, () => isDelivered);
    const following = Promise.all(world.targets.map((target) => follow(target, () => isSettled)));
    let delivered = 0;
    const waitForKills = () =>
      waitFor(() => expect(kills.length).toBeGreaterThanOrEqual(Math.floor(delivered / ROWS_A_KILL)), {
        timeout: 2 * MINUTE_MS,
      });
    try {
      await mapConcurrently(world.targets, CONNECTIONS, async (target) => {
        const numbers = numbersOf(target);
        for (let start = 0; start < numbers.length; start += ROWS_A_DELIVERY) {
          await waitForKills();
          const some = numbers.slice(start, start + ROWS_A_DELIVERY);
          await deliver(target, some, "1");
          const twice = some.filter(isTwice);
          if (twice.length > 0) await deliver(target, twice, "2");
          delivered += some.length;
        }
      });
    } finally {
      isDelivered = true;
      await killing;
    }
    await Promise.all([world.worker.revive(), world.gateway.revive()]);
    const startedAt = Date.now();
    await waitFor(async () => expect(await tellOpen()).toEqual([]), {
      timeout: 3 * MINUTE_MS,
      interval: 500,
    });
    isSettled = true;
    await annotate(
      `${COUNT} rows, ${kills.length} kills; the last outcome ${Date.now() - startedAt} ms after the last start`,
    );
    const feeds = await following;
    for (const [index, target] of world.targets.entries()) {
      const events = await target.listEvents();
      expect(events.map(({ number }) => number)).toEqual(events.map((_, at) => at + 1));
      // Each number once and in order: the cursor skipped none, whatever died.
      expect(feeds[index]?.map(({ number }) => number)).toEqual(events.map(({ number }) => number));
    }
  },
  15 * MINUTE_MS,
);

test("nothing is twice at the vendor, by its natural key, and each invoice holds what came last", () => {
  const { invoices } = world.vendor.sandbox.getState();
  const numbers = invoices.map(({ body }) => body.originalInvoiceNumber ?? "");
  expect(numbers.toSorted()).toEqual(world.targets.flatMap(numbersOf).toSorted());
  const quantities = invoices.map(({ body }) => [
    body.originalInvoiceNumber,
    String(body.invoiceRows?.[0]?.quantity),
  ]);
  expect(
    quantities.filter(([number, quantity]) => quantity !== (isTwice(String(number)) ? "2" : "1")),
  ).toEqual([]);
});

test("each row that was sent is there once, and nothing is left without an owner", async () => {
  for (const target of world.targets) {
    const numbers = numbersOf(target);
    const told = (await target.tellRows()).map((line) => line.split(" ")[0]);
    expect(told.toSorted()).toEqual([...numbers, ...numbers.filter(isTwice)].toSorted());
    expect((await target.listDeliveries()).filter(({ state }) => state !== "settled")).toEqual([]);
  }
  const [left] = await world.postgres.database.admin.sql`
    select count(*)::int as count from delivery_queues where due_at is not null and due_at < now() - interval '5 seconds'`;
  expect(left).toEqual({ count: 0 });
});
