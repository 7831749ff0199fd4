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
vi.mock("@/lib/connectors/limiter/create-limiter", () => ({
  createVendorLimiter: () => ({ take: async () => () => {} }),
}));

const { runs, seed } = inject("journeys");
const PATIENCE_MS = 20 * 60_000;

/** Those of earlier journeys are looked at no more. */
async function putToRest({ database: { admin } }: JourneyVendor): Promise<void> {
  await admin.orm.update(connections).set({ verifiedAt: new Date("2100-01-01") });
}

/** What the journeys came to, so that a run that reached little is noticed. */
async function countEnds({ database: { admin } }: JourneyVendor): Promise<Record<string, number>> {
  const rows = await admin.sql<{ what: string; count: number }[]>`
    select 'activation ' || coalesce(failure_reason, state) as what, count(*)::int from activations group by 1
    union all select 'end ' || asked_by || ' ' || coalesce(outcome, 'open'), count(*)::int from offboardings group by 1
    union all select 'pasted key ' || coalesce(refused_because, state), count(*)::int from pasted_keys group by 1
    union all select 'task ' || kind, count(*)::int from tasks where resolved_at is null group by 1
    order by 1`;
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
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
    expect(await findUntruths(vendor, journey.party, journey.history)).toEqual([]);
    await putToRest(vendor);
  });

  test(
    "every request ends, and every key is connected, dead, or a task",
    async ({ annotate }) => {
      const property = fc.asyncProperty(actions, async (taken) => {
        const { journey, runner } = await begin();
        try {
          for (const action of taken) await journey.take(action);
          await journey.comeToRest();
          expect(await findUntruths(vendor, journey.party, journey.history)).toEqual([]);
          expect(runner.listUnfinished()).toEqual([]);
        } finally {
          await vendor.heal();
          await putToRest(vendor);
        }
      });
      await fc.assert(property, { numRuns: runs, ...(seed === null ? {} : { seed }) });
      await annotate(JSON.stringify(await countEnds(vendor)));
    },
    PATIENCE_MS,
  );
});
