import { expect, test } from "vitest";
import { listFlowSteps } from "./flow-steps";

const shape = (options: Parameters<typeof listFlowSteps>[0]) =>
  listFlowSteps(options).map(({ id, state }) => `${id} ${state}`);

test("steps before the current one are done, those after it ahead", () => {
  expect(shape({ current: "environments", hasSettings: false, hasPartnerSteps: false })).toEqual([
    "review done",
    "environments current",
    "technical-user ahead",
    "status ahead",
  ]);
});

test("the partner's steps are shown when there are some", () => {
  expect(shape({ current: "status", hasSettings: false, hasPartnerSteps: true })).toContain(
    "partner-steps done",
  );
});

test("the settings come between the pick and the last look", () => {
  expect(shape({ current: "technical-user", hasSettings: true, hasPartnerSteps: false })).toEqual([
    "review done",
    "environments done",
    "settings done",
    "technical-user current",
    "status ahead",
  ]);
});

test("the current step has no link to itself", () => {
  const [review] = listFlowSteps({
    current: "review",
    hasSettings: false,
    hasPartnerSteps: false,
    hrefs: { review: "/a/x" },
  });
  expect(review?.href).toBeUndefined();
});
