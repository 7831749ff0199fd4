import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOLD_SIDES } from "@/lib/connection/hold/schema";
import { CONNECTION_WORK, findPause, findStop, type HoldFacts } from "./permissions";
import { isLive } from "./rules";
import { ATTENTION_CAUSES, CONNECTION_STATES } from "./schema";

const NOW = new Date("2026-03-02T08:00:00Z");
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const ACTIVE = { state: "active", attention: null } as const;
const pause = (values: Partial<HoldFacts> = {}): HoldFacts => ({
  kind: "pause",
  setBy: "customer",
  since: inHours(-1),
  until: null,
  liftedAt: null,
  ...values,
});
const listStopped = (...args: [Parameters<typeof findStop>[1], HoldFacts[]]) =>
  CONNECTION_WORK.filter((work) => findStop(work, ...args, NOW) !== null);

describe("a pause", () => {
  test("stops what would reach the vendor; deliveries are taken in and stored records given out", () => {
    expect(listStopped(ACTIVE, [pause()])).toEqual(["check", "prepare", "call", "sync", "write"]);
  });

  test.each<[string, HoldFacts]>([
    ["has not begun", pause({ since: inHours(1) })],
    ["is over", pause({ until: inHours(-0.5) })],
    ["ends this moment", pause({ until: NOW })],
    ["was lifted", pause({ liftedAt: inHours(-0.5) })],
    [
      "is the day of an end, which stops nothing before it comes",
      pause({ kind: "scheduled_end", until: inHours(9) }),
    ],
  ])("that %s stops nothing", (_what, hold) => {
    expect(listStopped(ACTIVE, [hold])).toEqual([]);
  });

  test("of one side is still in force when the other side's is lifted", () => {
    const both = [pause({ liftedAt: NOW }), pause({ setBy: "partner" })];
    expect(findStop("write", ACTIVE, both, NOW)).toEqual({
      because: "paused",
      setBy: "partner",
      until: null,
    });
  });

  test("the one that lasts longest is told", () => {
    const holds = [pause({ until: inHours(2) }), pause({ setBy: "operator", until: inHours(5) })];
    expect(findPause(holds, NOW)?.setBy).toBe("operator");
    expect(findPause([...holds, pause({ setBy: "partner" })], NOW)?.setBy).toBe("partner");
  });
});

test("an ended connection does nothing at all", () => {
  for (const state of ["offboarding", "removed"] as const)
    expect(listStopped({ state, attention: null }, [])).toEqual([...CONNECTION_WORK]);
});

test("without a key that is known to work nothing is sent, but it is checked", () => {
  for (const attention of ["verification_pending", "credential_refused", "disconnected"] as const)
    expect(listStopped({ state: "needs_attention", attention }, [])).toEqual([
      "prepare",
      "call",
      "sync",
      "write",
    ]);
  for (const attention of ["rights_missing", "rights_surplus", "natural_person"] as const)
    expect(listStopped({ state: "needs_attention", attention }, [])).toEqual([]);
});

test("until the vendor system is ready nothing is written, and it is made ready", () => {
  for (const attention of ["preparation_pending", "not_prepared"] as const)
    expect(listStopped({ state: "needs_attention", attention }, [])).toEqual(["write"]);
});

const anyHold = fc.record<HoldFacts>({
  kind: fc.constantFrom("pause", "scheduled_end"),
  setBy: fc.constantFrom(...HOLD_SIDES),
  since: fc.integer({ min: -9, max: 9 }).map(inHours),
  until: fc.option(fc.integer({ min: -9, max: 9 }).map(inHours)),
  liftedAt: fc.option(fc.integer({ min: -9, max: 0 }).map(inHours)),
});
test("another hold never allows what was stopped, and what is ended is never allowed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CONNECTION_STATES),
      fc.option(fc.constantFrom(...ATTENTION_CAUSES)),
      fc.array(anyHold, { maxLength: 4 }),
      anyHold,
      (state, attention, holds, more) => {
        for (const work of CONNECTION_WORK) {
          const before = findStop(work, { state, attention }, holds, NOW);
          if (!isLive(state)) expect(before).toEqual({ because: "ended" });
          if (before) expect(findStop(work, { state, attention }, [...holds, more], NOW)).not.toBeNull();
        }
      },
    ),
  );
});
