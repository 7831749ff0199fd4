import { expect } from "vitest";
import type { Case } from "../case";

export const steps: readonly Case[] = [
  {
    says: "each step's body runs once, and its result is handed to the steps after it",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "memo", triggers: { event: "memo" } }, async ({ event, step }) => {
        let text: string = event.data.text;
        for (const name of ["a", "b", "c"]) {
          text = await step.run(name, () => {
            note(name);
            return text + name;
          });
        }
        return text;
      }),
    ],
    async act({ send, notes, ends, eventually }) {
      await send("memo", { text: ">" });
      await eventually(() => expect(ends("memo")).toMatchObject([{ status: "completed", result: ">abc" }]));
      expect(notes).toEqual(["a", "b", "c"]);
    },
  },
  {
    says: "parallel steps run once each, and the function goes on when all are done",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "parallel", triggers: { event: "parallel" } }, async ({ step }) => {
        const all = ["x", "y", "z"].map((name) =>
          step.run(name, () => {
            note(name);
            return name;
          }),
        );
        const joined = (await Promise.all(all)).join("");
        return step.run("join", () => {
          note("join");
          return joined;
        });
      }),
    ],
    async act({ send, notes, ends, eventually }) {
      await send("parallel");
      await eventually(() => expect(ends("parallel")).toMatchObject([{ result: "xyz" }]));
      expect(notes.slice(0, 3).toSorted()).toEqual(["x", "y", "z"]);
      expect(notes.slice(3)).toEqual(["join"]);
    },
  },
  {
    says: "a step with the same name in a loop is another step",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "loop", triggers: { event: "loop" } }, async ({ step }) => {
        for (const round of [1, 2, 3]) await step.run("round", () => note(round));
      }),
    ],
    async act({ send, notes, ends, eventually }) {
      await send("loop");
      await eventually(() => expect(ends("loop")).toHaveLength(1));
      expect(notes).toEqual([1, 2, 3]);
    },
  },
  {
    says: "a sleep ends not before its time",
    cast: ({ inngest }) => [
      inngest.createFunction({ id: "sleeper", triggers: { event: "sleeper" } }, async ({ step }) => {
        const before = await step.run("before", () => Date.now());
        await step.sleep("nap", "2s");
        const between = await step.run("between", () => Date.now());
        await step.sleepUntil("until", new Date(between + 1000));
        const after = await step.run("after", () => Date.now());
        return { nap: between - before >= 2000, until: after - between >= 1000 };
      }),
    ],
    async act({ send, ends, eventually }) {
      await send("sleeper");
      await eventually(() => expect(ends("sleeper")).toMatchObject([{ result: { nap: true, until: true } }]));
    },
  },
  {
    says: "an invoked function's result and its error are those of the step",
    cast: ({ inngest }) => {
      const child = inngest.createFunction(
        { id: "invoked", triggers: { event: "invoked" }, retries: 0 },
        ({ event }) => {
          if (event.data.fails) throw new Error("the child failed");
          return { event: event.name };
        },
      );
      const parent = inngest.createFunction(
        { id: "invoker", triggers: { event: "invoker" } },
        async ({ step }) => {
          const data = await step.invoke("well", { function: child, data: { fails: false } });
          const error = await step
            .invoke("badly", { function: child, data: { fails: true } })
            .catch((reason: Error) => reason.message);
          return { data, error };
        },
      );
      return [child, parent];
    },
    async act({ send, ends, eventually }) {
      await send("invoker");
      const result = {
        data: { event: "inngest/function.invoked" },
        error: expect.stringContaining("the child failed"),
      };
      await eventually(() => expect(ends("invoker")).toMatchObject([{ status: "completed", result }]));
    },
  },
  {
    says: "a step that waits too long for an invoked function fails",
    cast: ({ inngest }) => {
      const child = inngest.createFunction(
        { id: "endless", triggers: { event: "endless" } },
        async ({ step }) => {
          await step.waitForEvent("never", { event: "endless/never", timeout: "30s" });
        },
      );
      const parent = inngest.createFunction(
        { id: "impatient", triggers: { event: "impatient" } },
        ({ step }) =>
          step.invoke("child", { function: child, data: {}, timeout: "1s" }).then(
            () => "waited",
            () => "gave up",
          ),
      );
      return [child, parent];
    },
    async act({ send, ends, eventually }) {
      await send("impatient");
      await eventually(() => expect(ends("impatient")).toMatchObject([{ result: "gave up" }]));
    },
  },
];
