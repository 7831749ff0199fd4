import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import type { Case } from "../case";

/** How many of a function's steps are being executed at once, at most. */
function createGauge(note: (what: unknown) => void) {
  let inside = 0;
  return async () => {
    inside += 1;
    note(inside);
    // Long enough for another one to come in, if it may.
    await delay(100);
    inside -= 1;
  };
}

const highest = (notes: readonly unknown[]): number => Math.max(...notes.map(Number));

export const options: readonly Case[] = [
  {
    says: "concurrency by key limits the steps that are executed at once",
    cast: ({ inngest, note }) => {
      const pass = createGauge(note);
      return [
        inngest.createFunction(
          { id: "limited", triggers: { event: "limited" }, concurrency: { limit: 1, key: "event.data.key" } },
          async ({ step }) => {
            for (const name of ["a", "b"]) await step.run(name, pass);
          },
        ),
      ];
    },
    async act({ send, notes, ends, eventually }) {
      for (let index = 0; index < 4; index++) await send("limited", { key: "one" });
      await eventually(() => expect(ends("limited")).toHaveLength(4));
      expect(notes).toHaveLength(8);
      expect(highest(notes)).toBe(1);
    },
  },
  {
    says: "two concurrency rules hold at once",
    cast: ({ inngest, note }) => {
      const pass = createGauge(note);
      return [
        inngest.createFunction(
          {
            id: "two-rules",
            triggers: { event: "two-rules" },
            concurrency: [{ limit: 2 }, { limit: 1, key: "event.data.key" }],
          },
          async ({ step }) => step.run("pass", pass),
        ),
      ];
    },
    async act({ send, notes, ends, eventually }) {
      for (const key of ["a", "a", "b", "b", "c", "d"]) await send("two-rules", { key });
      await eventually(() => expect(ends("two-rules")).toHaveLength(6));
      expect(notes).toHaveLength(6);
      expect(highest(notes)).toBeLessThanOrEqual(2);
    },
  },
  {
    says: "an idempotency key starts one run",
    cast: ({ inngest, note }) => [
      inngest.createFunction(
        { id: "idempotent", triggers: { event: "idempotent" }, idempotency: "event.data.id" },
        ({ event }) => note(event.data.name),
      ),
    ],
    async act({ send, notes, eventually, settle }) {
      const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
      await send("idempotent", { id: one, name: "first" });
      await send("idempotent", { id: one, name: "repeated" });
      await send("idempotent", { id: two, name: "other" });
      await eventually(() => expect(notes).toHaveLength(2));
      await settle();
      expect(notes.toSorted()).toEqual(["first", "other"]);
    },
  },
  {
    says: "a singleton drops the second event, or replaces the run that is under way",
    cast: ({ inngest, note }) =>
      (["skip", "cancel"] as const).map((mode) =>
        inngest.createFunction(
          { id: `single-${mode}`, triggers: { event: "single" }, singleton: { mode } },
          async ({ event, step }) => {
            const go = step.waitForEvent("go", { event: "single/go", timeout: "5m" });
            await step.run("ready", () => note(`${mode} ${event.data.number}`));
            await go;
            return event.data.number;
          },
        ),
      ),
    async act({ send, notes, ends, eventually, settle }) {
      await send("single", { number: 1 });
      await eventually(() => expect(notes.toSorted()).toEqual(["cancel 1", "skip 1"]));
      await send("single", { number: 2 });
      await eventually(() => expect(notes).toContain("cancel 2"));
      await settle();
      expect(notes).not.toContain("skip 2");
      await send("single/go");
      await eventually(() => expect(ends("single-skip")).toMatchObject([{ result: 1 }]));
      await eventually(() =>
        expect(ends("single-cancel")).toMatchObject([{ status: "cancelled" }, { result: 2 }]),
      );
    },
  },
  {
    says: "cancelOn ends the matching run: later steps do not run",
    cast: ({ inngest, note }) => [
      inngest.createFunction(
        {
          id: "withdrawn",
          triggers: { event: "begin" },
          cancelOn: [{ event: "withdraw", match: "data.id" }],
        },
        async ({ event, step }) => {
          const go = step.waitForEvent("go", { event: "withdrawn/go", timeout: "5m" });
          await step.run("ready", () => note(`${event.data.id} ready`));
          await go;
          await step.run("work", () => note(`${event.data.id} works`));
        },
      ),
    ],
    async act({ send, notes, ends, eventually }) {
      for (const id of ["one", "two"]) await send("begin", { id });
      await eventually(() => expect(notes).toHaveLength(2));
      await send("withdraw", { id: "one" });
      await eventually(() => expect(ends("withdrawn")).toMatchObject([{ status: "cancelled" }]));
      await send("withdrawn/go");
      await eventually(() => expect(ends("withdrawn")).toHaveLength(2));
      expect(notes).toContain("two works");
      expect(notes).not.toContain("one works");
    },
  },
  {
    says: "a run that takes longer than its finish time-out is cancelled between two steps",
    cast: ({ inngest }) => [
      inngest.createFunction(
        { id: "overdue", triggers: { event: "overdue" }, timeouts: { finish: "2s" } },
        async ({ step }) => {
          for (let round = 0; round < 10; round++) await step.sleep(`nap ${round}`, "1s");
        },
      ),
    ],
    async act({ send, ends, eventually }) {
      await send("overdue");
      await eventually(() => expect(ends("overdue")).toMatchObject([{ status: "cancelled" }]));
    },
  },
];
