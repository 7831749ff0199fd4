import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { grants, tasks, vendorApplications, vendorCalls } from "@/db/schema";
import { dropSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { only } from "@/testing/fixtures/only";
import { readRequest, readStates } from "@/testing/fixtures/request";
import {
  countPuts,
  createVendorWorld,
  submitToVendor,
  type VendorWorld,
} from "@/testing/fixtures/vendor-world";
import { sendDecisionToVendor } from "./send-decision-to-vendor";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

let requestId = "";
let nextCompany = 15524;
const takeCompanies = (count: number): number[] => Array.from({ length: count }, () => nextCompany++);

async function approveOf(companies: number[]): Promise<void> {
  ({ requestId } = await submitToVendor(world, companies));
}
const tell = () => sendDecisionToVendor(world.context, requestId);
const states = async () => Object.values(await readStates(world.database, requestId));
const reasons = async () =>
  (await readRequest(world.database, requestId)).activations.map((one) => one.failureReason);
/** As if the decision had been sent longer ago than the vendor may take. */
async function passSilence(): Promise<void> {
  const { orm } = world.database.admin;
  const request = await readRequest(world.database, requestId);
  const grant = only(
    await orm
      .select()
      .from(grants)
      .where(eq(grants.id, request.activations[0]?.grantId ?? "")),
  );
  await orm
    .update(vendorCalls)
    .set({ sentAt: new Date(Date.now() - 2 * world.context.vendorAnswerWithinMs) })
    .where(eq(vendorCalls.vendorRequest, grant.vendorRequest));
}

describe("an answer that was lost", () => {
  test.each([504, 500, null])(
    "and the effect comes after it (%s): the key is nobody's, and nothing was said to be untouched",
    async (status) => {
      const company = only(takeCompanies(1));
      await approveOf([company]);
      await world.sandbox.setFaults({ carryOutLateNext: { method: "PUT", status } });
      await expect(tell()).rejects.toMatchObject({ kind: "unavailable" });
      expect(await states()).toEqual(["activating"]);
      await world.sandbox.setFaults({ carryOutWaiting: true });
      await passSilence();
      await tell();
      expect(await reasons()).toEqual(["needs_recovery"]);
      const { id } = only((await readRequest(world.database, requestId)).activations);
      const opened = await world.database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, id));
      expect(opened).toMatchObject([{ kind: "answer_lost", resolvedAt: null }]);
      expect(await countPuts(world.sandbox)).toBe(1);
    },
  );

  test("what is listed already is said at once, the rest waits", async () => {
    const [done, open] = takeCompanies(2);
    await approveOf([done, open].flatMap((id) => id ?? []));
    await world.sandbox.setFaults({ failNext: [{ method: "PUT", status: 504 }] });
    await world.sandbox.addKey({ companyId: done, isManaged: true });
    await expect(tell()).rejects.toMatchObject({ kind: "unavailable" });
    expect(await reasons()).toEqual(["needs_recovery", null]);
    await passSilence();
    await tell();
    expect(await reasons()).toEqual(["needs_recovery", "vendor_unavailable"]);
  });

  test("a company that the vendor lists as deleted was not activated", async () => {
    const [company] = takeCompanies(1);
    await approveOf([Number(company)]);
    await world.sandbox.setFaults({
      loseAnswerNext: true,
      customerStatus: { [String(company)]: "DELETED" },
    });
    await expect(tell()).rejects.toMatchObject({ kind: "unavailable" });
    await passSilence();
    await tell();
    expect(await reasons()).toEqual(["vendor_unavailable"]);
  });

  test("a success without keys, a page and a redirect are lost answers too", async () => {
    const bodies = [
      { status: 200, body: null },
      { status: 200, body: "<html>Welcome</html>" },
      { status: 302, body: null },
    ];
    for (const answer of bodies) {
      await approveOf(takeCompanies(1));
      await world.sandbox.setFaults({ failNext: [{ method: "PUT", ...answer }] });
      await expect(tell()).rejects.toMatchObject({ isRetriable: true });
      await passSilence();
      await tell();
      expect(await reasons()).toEqual(["vendor_unavailable"]);
    }
  });
});

describe("the partner's own trouble is not the customer's", () => {
  const nameTroubles = () =>
    world.database.admin.orm
      .select()
      .from(tasks)
      .where(eq(tasks.subjectId, world.integration.vendorApplicationId));
  const setVersion = (apiVersion: string) =>
    world.database.admin.orm
      .update(vendorApplications)
      .set({ settings: sql`jsonb_set(settings, '{apiVersion}', to_jsonb(${apiVersion}::text))` })
      .where(eq(vendorApplications.id, world.integration.vendorApplicationId));
  const dropToken = () =>
    asSystem(world.context, "test", (tx) =>
      dropSecret(
        tx,
        { kind: "vendor_application", id: world.integration.vendorApplicationId },
        "access_token",
      ),
    );

  test.each(["v2604", "v2509"])(
    "an API version that has ended (%s) sends nothing and is a task",
    async (version) => {
      await approveOf(takeCompanies(1));
      await world.sandbox.setFaults({ endedVersions: ["v2604"] });
      await setVersion(version);
      await tell();
      await setVersion("latest");
      expect(await reasons()).toEqual(["vendor_not_authorized"]);
      expect(await countPuts(world.sandbox)).toBe(0);
      expect((await nameTroubles()).filter(({ resolvedAt }) => resolvedAt === null)).toMatchObject([
        { kind: "version_ended", vendorAnswer: { status: 404 } },
      ]);
      await dropToken();
      await approveOf(takeCompanies(1));
      await tell();
      expect((await nameTroubles()).filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
    },
  );
});
