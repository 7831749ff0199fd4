import { expect, test } from "vitest";
import type { ActivationView } from "@/lib/activation/request/schema";
import { headlineOf } from "./headline";
import { anActivation, aRequest, aSettledRequest } from "./request-view.fixture";

test("before the decision it names whom we wait for", () => {
  expect(headlineOf(aRequest({ waitingFor: "customer" })).key).toBe("waitingForCustomer");
  expect(headlineOf(aRequest({ waitingFor: "partner" })).key).toBe("waitingForPartner");
  expect(headlineOf(aRequest({ state: "processing", waitingFor: "vendor" })).key).toBe("activating");
});

test("a request whose environments are all rejected is never said to be activated", () => {
  const told = aSettledRequest(["rejected"], { state: "processing", waitingFor: "vendor", settledAt: null });
  expect(headlineOf(told).key).toBe("allRejected");
});

test("a cancelled request is cancelled, whatever became of its environments", () => {
  expect(headlineOf(aSettledRequest(["cancelled", "cancelled"], { state: "cancelled" })).key).toBe(
    "cancelled",
  );
});

test.each([
  [["active", "active"], "allActive"],
  [["active", "failed"], "someActive"],
  [["rejected", "rejected"], "allRejected"],
  [["timed_out"], "allTimedOut"],
  [["rejected", "failed"], "noneActive"],
] as const)("settled with %j is %s", (states, key) => {
  expect(headlineOf(aSettledRequest([...states])).key).toBe(key);
});

test("a request whose connections have ended since is not said to be active", () => {
  const [gone, alive] = [anActivation("active", { hasEnded: true }), anActivation("active")];
  const withAll = (activations: ActivationView[]) => headlineOf(aSettledRequest([], { activations })).key;
  expect(withAll([gone, gone])).toBe("ended");
  expect(withAll([gone, alive])).toBe("someEnded");
  const one = headlineOf(aSettledRequest([], { activations: [gone, gone, alive] }));
  expect(one).toMatchObject({ active: 1, ended: 2, total: 3 });
});

test("an answer that was lost is not told as a failure", () => {
  const unknown = anActivation("failed", { failureReason: "needs_recovery" });
  const refused = anActivation("failed", { failureReason: "vendor_refused" });
  const withAll = (activations: ActivationView[]) => headlineOf(aSettledRequest([], { activations })).key;
  expect(withAll([unknown])).toBe("noneKnown");
  expect(withAll([unknown, refused])).toBe("noneActive");
  expect(withAll([unknown, anActivation("active")])).toBe("someActive");
});

test("it counts what is active", () => {
  expect(headlineOf(aSettledRequest(["active", "failed", "active"]))).toMatchObject({ active: 2, total: 3 });
});
