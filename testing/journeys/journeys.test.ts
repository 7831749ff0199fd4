import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { connections } from "@/db/schema";
import { actions, ENVIRONMENTS } from "./action";
import { findUntruths } from "./find-untruths";
import { JobRunner } from "./job-runner";
import { Journey } from "./journey";
import { passTimeInDatabase } from "./pass-time";
import { createPowerOfficeVendor } from "./poweroffice-vendor";
import { createProcountorVendor } from "./procountor-vendor";
import type { JourneyVendor } from "./vendor";

// The vendors' limits are proved elsewhere, and would make every journey wait.
vi.mock("@/lib/limiter/create-limiter", () => ({ createLimiter: () => ({ take: async () => () => {} }) }));

const { runs, seed } = inject("journeys");
const PATIENCE_MS = 20 * 60_000;

/** Those of earlier journeys are looked at no more. */
async function putToRest({ database: { admin } }: JourneyVendor): Promise<void> {
  await admin.orm.update(connections).set({ verifiedAt: new Date("2100-01-01") });
}

describe.each([
  ["Procountor", createProcountorVendor],
  ["PowerOffice Go", createPowerOfficeVendor],
])("%s: whatever happens on the way", (_, createVendor) => {
  let vendor: JourneyVendor;
  beforeAll(async () => {
    vendor = await createVendor();
  });
  afterAll(() => vendor.close());

  async function begin(): Promise<{ journey: Journey; runner: JobRunner }> {
    const runner = new JobRunner({
      context: vendor.context,
      mailer: { sendMail: async () => {} },
      passTime: async (ms) => {
        vendor.passTime(ms);
        await passTimeInDatabase(vendor.database, ms);
      },
    });
    return { runner, journey: new Journey(vendor, runner, await vendor.meet(ENVIRONMENTS)) };
  }

  test("a journey on which nothing happens ends active", async () => {
    const { journey } = await begin();
    const which = 2 ** ENVIRONMENTS - 1;
    await journey.take({ do: "consent", who: 0, which });
    await journey.take({ do: "submit", who: 0, which });
    await journey.take({ do: "decide", which });
    await journey.take({ do: "work" });
    const { accountId } = journey.party.viewers[0];
    const made = await vendor.database.admin.orm
      .select()
      .from(connections)
      .where(eq(connections.accountId, accountId));
    expect(made.map(({ state }) => state)).toEqual(["active", "active", "active"]);
    await journey.comeToRest();
    expect(await findUntruths(vendor, journey.party)).toEqual([]);
    await putToRest(vendor);
  });

  test(
    "every request ends, and every key is connected, dead, or a task",
    async () => {
      const property = fc.asyncProperty(actions, async (taken) => {
        const { journey, runner } = await begin();
        try {
          for (const action of taken) await journey.take(action);
          await journey.comeToRest();
          expect(await findUntruths(vendor, journey.party)).toEqual([]);
          expect(runner.listUnfinished()).toEqual([]);
        } finally {
          await vendor.heal();
          await putToRest(vendor);
        }
      });
      await fc.assert(property, { numRuns: runs, ...(seed === null ? {} : { seed }) });
    },
    PATIENCE_MS,
  );
});
