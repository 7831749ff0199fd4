import { randomInt } from "node:crypto";
import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { activationRequests, activations, vendorCalls } from "@/db/schema";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { waitFor } from "@/testing/wait-for";
import { ensureBuilt } from "../../scripts/start/build";
import { type DrivenRequest, driveRequest } from "./drive-request";
import { createKillWorld, type KillWorld } from "./kill-world";
import { type Kill, killAtRandom, makeRandom } from "./killer";

const { requests: COUNT, seed: givenSeed } = inject("kill");
const AT_A_TIME = 4;
const REQUESTS_A_KILL = 2;
const MINUTE_MS = 60_000;
/** From the journal over the vendor's answer to the row that keeps it, on a busy machine. */
const OUT_WITHIN_MS = 5_000;

let world: KillWorld;
beforeAll(async () => {
  await ensureBuilt();
  world = await createKillWorld();
  await Promise.all([world.worker.start(), world.web.start()]);
}, 15 * MINUTE_MS);
afterAll(() => world.close(), MINUTE_MS);

const seed = givenSeed ?? randomInt(2 ** 31);
let driven: DrivenRequest[];
const kills: Kill[] = [];

const ids = () => driven.map(({ requestId }) => requestId);
const readRows = async () => {
  const { orm } = world.database.admin;
  return {
    requests: await orm.select().from(activationRequests).where(inArray(activationRequests.id, ids())),
    activations: await orm.select().from(activations).where(inArray(activations.requestId, ids())),
    calls: await orm.select().from(vendorCalls),
  };
};

const waitForKills = (count: number) =>
  waitFor(() => expect(kills.length).toBeGreaterThanOrEqual(count), { timeout: 2 * MINUTE_MS });

test(
  `with processes killed at random (seed ${seed}) every request ends within a minute`,
  async ({ annotate }) => {
    let isOver = false;
    // The worker, which has more to lose, is hit more often.
    const victims = [
      { ...world.worker, name: "worker", weight: 0.75 },
      { ...world.web, name: "web", weight: 0.25 },
    ];
    const killing = killAtRandom(victims, makeRandom(seed), kills, () => isOver);
    const positions = Array.from({ length: COUNT }, (_, position) => position);
    try {
      driven = await mapConcurrently(positions, AT_A_TIME, async (position) => {
        // So that each kill has something to hit.
        await waitForKills(Math.floor(position / REQUESTS_A_KILL));
        return driveRequest(world, position);
      });
    } finally {
      isOver = true;
      await killing;
    }
    const isEnded = async () => {
      const { requests } = await readRows();
      expect(requests.filter(({ state }) => state !== "settled").map(({ id }) => id)).toEqual([]);
    };
    const startedAt = Date.now();
    await waitFor(isEnded, { timeout: MINUTE_MS, interval: 200 });
    await annotate(
      `${COUNT} requests, ${kills.length} kills; all ended ${Date.now() - startedAt} ms after the last start`,
    );
  },
  15 * MINUTE_MS,
);

test("nothing was decided twice at the vendor", async () => {
  const decisions = (await world.sandbox.listCalls()).filter(({ method }) => method === "PUT");
  const paths = decisions.map(({ path }) => path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  const { technicalUsers } = world.sandbox.getState();
  const companies = technicalUsers.map(({ companyId, integrationId }) => `${integrationId} ${companyId}`);
  expect(new Set(companies).size).toBe(companies.length);
});

test("each ended as it had to, and what needs recovery was hit while its call was out", async ({
  annotate,
}) => {
  const { activations: all, calls } = await readRows();
  const ends = all.map(({ state, failureReason }) => failureReason ?? state);
  await annotate(
    JSON.stringify(Object.fromEntries(ends.map((end) => [end, ends.filter((one) => one === end).length]))),
  );
  const unexpected = all.filter(
    ({ state, failureReason }) =>
      !["active", "rejected"].includes(state) &&
      failureReason !== "needs_recovery" &&
      failureReason !== "vendor_unavailable",
  );
  expect(unexpected).toEqual([]);
  for (const activation of all.filter(({ failureReason }) => failureReason !== null)) {
    const vendorRequest = driven.find(({ requestId }) => requestId === activation.requestId)?.vendorRequest;
    const sentAt = calls.find((call) => call.vendorRequest === vendorRequest)?.sentAt.getTime() ?? 0;
    const deaths = kills.filter(({ process }) => process === "worker").map(({ at }) => at.getTime());
    const isHit = deaths.some((at) => at >= sentAt && at <= sentAt + OUT_WITHIN_MS);
    expect(isHit, `${activation.failureReason} without a kill after ${sentAt} in ${deaths}`).toBe(true);
  }
});

test(
  "every request has its mail, with one Message-ID; a second copy only where the sending was hit",
  async () => {
    for (const { email } of driven) {
      const wait = { timeout: MINUTE_MS, interval: 200 };
      const [first, ...copies] = await waitFor(() => world.mails.listMails(email, 1), wait);
      for (const copy of copies) {
        expect(copy.headers["message-id"]).toBe(first?.headers["message-id"]);
        const [from, to] = [first?.time, copy.time].map((time) => new Date(time ?? 0).getTime());
        expect(kills.some(({ at }) => at.getTime() >= Number(from) && at.getTime() <= Number(to))).toBe(true);
      }
    }
  },
  5 * MINUTE_MS,
);
