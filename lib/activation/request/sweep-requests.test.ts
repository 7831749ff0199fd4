import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activationRequests, outboxMails, vendorCalls } from "@/db/schema";
import { erasePerson } from "@/lib/operations/erasure/erase-person";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { passDeadline } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { cancelActivationRequest } from "./cancel-activation-request";
import { sendDecisionToVendor } from "./send-decision-to-vendor";
import { settleActivationRequest } from "./settle-activation-request";
import { reviveRequests } from "./sweep-requests";
import { timeOutActivationRequest } from "./time-out-activation-request";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ partnerSteps: PAGE_STEPS });
});
afterAll(() => world.close());

let submitted: Awaited<ReturnType<typeof submitToVendor>>;
let nextCompany = 15501;
beforeEach(async () => {
  submitted = await submitToVendor(world, [nextCompany++]);
});

const LATER_MS = 20 * 60_000;
/** How many requests are worked on again, 20 minutes from now. */
const revive = () =>
  asSystem(world.context, "test", (tx) => reviveRequests(tx, new Date(Date.now() + LATER_MS)));
const timeOut = async () => {
  await passDeadline(world.database, submitted.requestId);
  await timeOutActivationRequest(world.context, submitted.requestId);
};
const finish = async () => {
  await sendDecisionToVendor(world.context, submitted.requestId);
  await settleActivationRequest(world.context, submitted.requestId);
};

describe("a request whose end was recorded by a process that died then", () => {
  test("is worked on until its mail is queued and the vendor told, and then left alone", async () => {
    await timeOut();
    expect(await revive()).toBe(1);
    await finish();
    expect(await revive()).toBe(0);
  });

  test("without its mail alone", async () => {
    await timeOut();
    await finish();
    const { orm } = world.database.admin;
    await orm.delete(outboxMails).where(eq(outboxMails.subjectId, submitted.requestId));
    expect(await revive()).toBe(1);
    await settleActivationRequest(world.context, submitted.requestId);
    expect(await revive()).toBe(0);
  });

  test("cancelled: the vendor is told, and nobody gets a mail", async () => {
    const { viewer, requestId, vendorRequest } = submitted;
    await asCustomer(world.database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
    expect(await revive()).toBe(1);
    await finish();
    expect(await revive()).toBe(0);
    const { orm } = world.database.admin;
    const call = only(
      await orm.select().from(vendorCalls).where(eq(vendorCalls.vendorRequest, vendorRequest)),
    );
    expect(call.state).toBe("answered");
    expect(await orm.select().from(outboxMails).where(eq(outboxMails.subjectId, requestId))).toEqual([]);
  });
});

test("a request whose mail was erased with the person is left alone", async () => {
  const { viewer, requestId } = submitted;
  await timeOut();
  await finish();
  const { orm } = world.database.admin;
  const isAbout = eq(outboxMails.subjectId, requestId);
  await orm.update(outboxMails).set({ state: "failed" }).where(isAbout);
  expect(await erasePerson(world.context, viewer.userId)).toBe("erased");
  expect(await orm.select().from(outboxMails).where(isAbout)).toEqual([]);
  expect(await revive()).toBe(0);
  await settleActivationRequest(world.context, requestId);
  expect(await orm.select().from(outboxMails).where(isAbout), "should a run still be at it").toEqual([]);
});

test("what is past the vendor's own expiry is not told any more", async () => {
  const { viewer, requestId } = submitted;
  await asCustomer(world.database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
  const inTwoHours = new Date(Date.now() + 2 * 3600_000);
  expect(await asSystem(world.context, "test", (tx) => reviveRequests(tx, inTwoHours))).toBe(0);
  await finish();
});

test("a request that waits for its partner in time is left alone", async () => {
  await world.database.admin.orm
    .update(activationRequests)
    .set({ deadlineAt: new Date(Date.now() + 3 * LATER_MS) })
    .where(eq(activationRequests.id, submitted.requestId));
  expect(await revive()).toBe(0);
});
