import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { watchCounts } from "../fixtures/counts";
import { PAGE_STEPS } from "../fixtures/specification";
import { createVendorWorld, type VendorWorld } from "../fixtures/vendor-world";
import { findBrokenPromises } from "./find-broken-promises";
import { CAP, races } from "./move";
import { RaceCourse } from "./race-course";

// The vendors' limits are proved elsewhere, and would make every race wait.
vi.mock("@/lib/connectors/limiter/create-limiter", () => ({
  createVendorLimiter: () => ({ take: async () => () => {} }),
}));

const { runs, seed } = inject("journeys");
const PATIENCE_MS = 20 * 60_000;

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ partnerSteps: PAGE_STEPS, cap: CAP });
  // An account has one open draft of an integration; here several stand ready, so that their submissions can race.
  await world.database.admin.sql`drop index drafts_one_open`;
});
afterAll(() => world.close());

test(
  "submissions, decisions, cancellations and time-outs at once: one wins, and the cap and every key hold",
  async ({ annotate }) => {
    const seen = new Map<string, number>();
    const property = fc.asyncProperty(races, async ({ picks, turns }) => {
      const course = await RaceCourse.prepare(world, picks);
      const run = async () => {
        for (const turn of turns) await course.take(turn);
        await course.comeToRest();
      };
      const highest = await watchCounts(world.database, world.integration, run());
      expect(highest.doubled).toBe(0);
      expect(highest.inFlight).toBeLessThanOrEqual(CAP);
      expect(await findBrokenPromises(world, course)).toEqual([]);
      for (const { move, result, code } of course.history) {
        const kind = [move.do, result, code].filter(Boolean).join(" ");
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    });
    await fc.assert(property, { numRuns: runs, ...(seed === null ? {} : { seed }) });
    await annotate(JSON.stringify(Object.fromEntries([...seen].toSorted())));
  },
  PATIENCE_MS,
);
