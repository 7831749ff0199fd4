import fc from "fast-check";

/** What can happen on a journey. `which`: environments by the bits of a number, or one of the vendor's faults. */
export type Action = SingleAction | { do: "together"; actions: SingleAction[] };
export type SingleAction =
  | { do: "consent" | "submit"; who: 0 | 1; which: number }
  | { do: "paste"; who: 0 | 1; which: number }
  | { do: "decide" | "recover" | "deactivate" | "end" | "tidy"; which: number }
  | { do: "cancel" | "retry" | "check" | "work" | "sweep" }
  | { do: "discard"; who: 0 | 1 }
  | { do: "wait"; minutes: number }
  | { do: "kill"; after: number; losesJob: boolean }
  | { do: "fault"; which: number };

export const ENVIRONMENTS = 3;

const who = fc.constantFrom(0 as const, 1 as const);
const some = fc.integer({ min: 1, max: 2 ** ENVIRONMENTS - 1 });
const of = <const K extends string>(kind: K) => fc.constant(kind);

/** What people do at any time, the worker busy or not. */
const byPeople: fc.Arbitrary<SingleAction>[] = [
  fc.record({ do: of("submit"), who, which: some }),
  fc.record({ do: of("decide"), which: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ do: of("cancel") }),
  fc.record({ do: of("discard"), who }),
  fc.record({ do: of("deactivate"), which: some }),
  fc.record({ do: of("end"), which: some }),
];

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: of("consent"), who, which: some }) },
  { weight: 6, arbitrary: fc.record({ do: of("submit"), who, which: some }) },
  { weight: 6, arbitrary: fc.record({ do: of("decide"), which: fc.integer({ min: 0, max: 7 }) }) },
  { weight: 8, arbitrary: fc.record({ do: of("work") }) },
  { weight: 5, arbitrary: fc.record({ do: of("fault"), which: fc.nat({ max: 99 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: of("kill"), after: fc.nat({ max: 25 }), losesJob: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: of("wait"), minutes: fc.constantFrom(1, 4, 16, 50, 70, 25 * 60) }),
  },
  { weight: 2, arbitrary: fc.record({ do: of("cancel") }) },
  { weight: 2, arbitrary: fc.record({ do: of("retry") }) },
  { weight: 2, arbitrary: fc.record({ do: of("check") }) },
  { weight: 2, arbitrary: fc.record({ do: of("sweep") }) },
  { weight: 1, arbitrary: fc.record({ do: of("discard"), who }) },
  { weight: 4, arbitrary: fc.record({ do: of("paste"), who, which: some }) },
  { weight: 2, arbitrary: fc.record({ do: of("recover"), which: some }) },
  { weight: 3, arbitrary: fc.record({ do: of("deactivate"), which: some }) },
  { weight: 2, arbitrary: fc.record({ do: of("end"), which: some }) },
  { weight: 2, arbitrary: fc.record({ do: of("tidy"), which: some }) },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(...byPeople), { minLength: 2, maxLength: 4 })
      .map((actions) => ({ do: "together" as const, actions: [...actions, { do: "work" as const }] })),
  },
);

const ALL = 2 ** ENVIRONMENTS - 1;

/** How a journey begins: somebody has consented, or is connected, by a consent or with a key made by hand. */
const beginning: fc.Arbitrary<Action[]> = fc
  .record({ who, which: some, kind: fc.constantFrom("consent", "connect", "connect by hand") })
  .map(({ who, which, kind }) => {
    if (kind === "consent") return [{ do: "consent", who, which }];
    const first = { do: kind === "connect" ? ("consent" as const) : ("paste" as const), who, which };
    return [first, { do: "submit", who, which }, { do: "decide", which: ALL }, { do: "work" }];
  });

/** Somebody has begun; then anything. */
export const actions: fc.Arbitrary<Action[]> = fc
  .tuple(beginning, fc.array(action, { minLength: 3, maxLength: 20 }))
  .map(([first, others]) => [...first, ...others]);
