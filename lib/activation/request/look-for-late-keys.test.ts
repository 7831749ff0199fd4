import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { grants, outboxEvents, outboxMails, tasks, vendorCalls } from "@/db/schema";
import { canTakeKey } from "@/lib/connection/lifecycle/rules";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { asSystem } from "@/lib/platform/worker-context";
import { only } from "@/testing/fixtures/only";
import { readRequest } from "@/testing/fixtures/request";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { askForLateKeys, lookForLateKeys } from "./look-for-late-keys";
import { sendDecisionToVendor } from "./send-decision-to-vendor";
import { settleActivationRequest } from "./settle-activation-request";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

let nextCompany = 15524;
let requestId = "";
let vendorRequest = "";

/** A gateway gave up waiting, and the vendor did not list the company when its silence was long. */
beforeEach(async () => {
  await world.sandbox.reset();
  ({ requestId, vendorRequest } = await submitToVendor(world, [nextCompany++]));
  await world.sandbox.setFaults({ carryOutLateNext: { method: "PUT", status: 504 } });
  await expect(sendDecisionToVendor(world.context, requestId)).rejects.toMatchObject({ kind: "unavailable" });
  await world.database.admin.orm
    .update(vendorCalls)
    .set({ sentAt: new Date(Date.now() - 2 * world.context.vendorAnswerWithinMs) })
    .where(eq(vendorCalls.vendorRequest, vendorRequest));
  await sendDecisionToVendor(world.context, requestId);
  expect(await settleActivationRequest(world.context, requestId)).toBe(true);
  expect(await readActivation()).toMatchObject({ state: "failed", failureReason: "vendor_unavailable" });
});

const HOUR_MS = 60 * 60_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
const readActivation = async () => only((await readRequest(world.database, requestId)).activations);
const look = (now: Date) => lookForLateKeys(world.context, requestId, now);
const ask = (now: Date) => asSystem(world.context, "test", (tx) => askForLateKeys(tx, now));
const readLook = async () =>
  only(
    await world.database.admin.orm
      .select()
      .from(vendorCalls)
      .where(eq(vendorCalls.vendorRequest, vendorRequest)),
  ).lookAgainAt;
const readMails = () =>
  world.database.admin.orm
    .select()
    .from(outboxMails)
    .where(and(eq(outboxMails.subjectId, requestId), eq(outboxMails.kind, "request_key_found")));

test("a key that appears hours later is a task, a mail with a way on, and no longer said to be untouched", async () => {
  expect(await look(inHours(0.5))).toBe(0);
  expect((await readActivation()).failureReason).toBe("vendor_unavailable");
  await world.sandbox.setFaults({ carryOutWaiting: true });
  expect(await ask(inHours(2))).toBeGreaterThan(0);
  expect(await look(inHours(2))).toBe(1);
  const activation = await readActivation();
  expect(activation).toMatchObject({ failureReason: "needs_recovery", vendorAnswer: { status: 504 } });
  expect(canTakeKey(activation, null)).toBe(true);
  const { orm } = world.database.admin;
  expect(await orm.select().from(tasks).where(eq(tasks.subjectId, activation.id))).toMatchObject([
    { kind: "answer_lost", resolvedAt: null },
  ]);
  const mail = await composeMail(world.context, only(await readMails()));
  expect(mail?.subject).toContain("a key turned up in Procountor after all");
  expect(mail?.text).toContain("Not known yet");
  expect(mail?.text).toContain(`/requests/${requestId}`);
  expect(await look(inHours(30))).toBe(0);
  expect(await readMails()).toHaveLength(1);
});

test("the list is read for a day, and then no more", async () => {
  for (const hours of [0.3, 1.1, 3.1, 8.1, 24.1]) {
    expect(await readLook()).not.toBeNull();
    expect(await look(inHours(hours))).toBe(0);
  }
  expect(await readLook()).toBeNull();
  await world.database.admin.orm.delete(outboxEvents);
  await ask(inHours(48));
  const asked = await world.database.admin.orm.select().from(outboxEvents);
  expect(asked.filter(({ data }) => data.requestId === requestId)).toEqual([]);
});

test("a vendor that does not tell now says nothing, and is asked again at the next turn", async () => {
  await world.sandbox.setFaults({
    carryOutWaiting: true,
    failNext: { method: "GET", path: "/integrations/*/customers", status: 503 },
  });
  expect(await look(inHours(0.5))).toBe(0);
  expect(await look(inHours(2))).toBe(1);
});

test("a company that another request activated since is left alone", async () => {
  const { externalId } = await readActivation();
  await world.sandbox.setFaults({ clear: true });
  const again = await submitToVendor(world, [Number(externalId)]);
  await sendDecisionToVendor(world.context, again.requestId);
  expect(await look(inHours(2))).toBe(0);
  expect((await readActivation()).failureReason).toBe("vendor_unavailable");
});

test("a consent that is only declined has nothing to look for", async () => {
  const { orm } = world.database.admin;
  const { grantId } = only((await readRequest(world.database, requestId)).activations);
  const grant = only(await orm.select().from(grants).where(eq(grants.id, grantId)));
  expect(grant.state).toBe("used");
  await orm
    .update(vendorCalls)
    .set({ lookAgainAt: null })
    .where(eq(vendorCalls.vendorRequest, vendorRequest));
  expect(await look(inHours(2))).toBe(0);
});
