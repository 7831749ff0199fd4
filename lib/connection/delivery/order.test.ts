import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { addCompany } from "@/testing/fixtures/offboarding";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

type Own = Awaited<ReturnType<typeof connectForDeliveries>>;
type Step = {
  rows: { key: string; quantity: number }[];
  trouble: "none" | "lost" | "change lost" | "late" | "refused" | "slow down";
  isPumped: boolean;
};

const step: fc.Arbitrary<Step> = fc.record({
  // Few contents, so that a key often comes with what it had before.
  rows: fc.array(
    fc.record({ key: fc.constantFrom("a", "b", "c"), quantity: fc.integer({ min: 1, max: 3 }) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  trouble: fc.constantFrom("none", "lost", "change lost", "late", "refused", "slow down"),
  isPumped: fc.boolean(),
});

const TROUBLE: Record<Step["trouble"], object> = {
  none: {},
  lost: { loseAnswerNext: { method: "POST", path: "/invoices" } },
  "change lost": { loseAnswerNext: { method: "PUT", path: "/invoices/*" } },
  late: { carryOutLateNext: { method: "POST", path: "/invoices", status: null, afterMs: null } },
  refused: { failNext: { method: "POST", path: "/invoices", status: 500 } },
  "slow down": { failNext: { method: "POST", path: "/invoices", status: 429 } },
};

/** Until nothing is under way; what the vendor carries out late is carried out before the last look-up. */
async function drain(own: Own): Promise<void> {
  for (let round = 0; round < 30; round += 1) {
    await own.makeDue();
    await own.pump();
    await world.sandbox.setFaults({ carryOutWaiting: true });
    const isUnderWay = (await own.tellRows()).some((row) => /(queued|sending|unknown)$/.test(row));
    if (!isUnderWay) return;
  }
}

test("whatever is lost, the vendor has each key once, as the newest row says, and each row one final outcome", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      await world.sandbox.setFaults({ clear: true });
      const companyId = await addCompany(world);
      const own = await connectForDeliveries(world, companyId);
      const newest = new Map<string, number>();
      for (const { rows, trouble, isPumped } of steps) {
        await world.sandbox.setFaults(TROUBLE[trouble]);
        await own.deliver(
          rows.map(({ key, quantity }) => {
            newest.set(key, quantity);
            return makeInvoiceRow(key, { lines: [{ ...LINE, quantity: String(quantity) }] });
          }),
        );
        if (isPumped) await own.pump();
      }
      await drain(own);
      const there = world.sandbox
        .getState()
        .invoices.filter((invoice) => invoice.companyId === companyId)
        .map(({ body }) => [body.originalInvoiceNumber, body.invoiceRows[0]?.quantity]);
      expect(there.toSorted()).toEqual([...newest].toSorted());
      expect((await own.tellRows()).filter((row) => !/ (written|superseded|unchanged)$/.test(row))).toEqual(
        [],
      );
      const numbers = (await own.listEvents()).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }),
    { numRuns: 8 },
  );
}, 120_000);
