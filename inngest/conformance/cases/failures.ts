import { NonRetriableError, RetryAfterError } from "inngest";
import { expect } from "vitest";
import type { Case } from "../case";

export const failures: readonly Case[] = [
  {
    says: "a failed step is tried again with its own attempt counter, not before the time that its error names",
    cast: ({ inngest, note }) => {
      const tries: number[] = [];
      return [
        inngest.createFunction(
          { id: "flaky", triggers: { event: "flaky" }, retries: 3 },
          async ({ step, attempt }) => {
            for (const name of ["first", "second"]) {
              await step.run(name, () => {
                note(`${name} ${attempt}`);
                tries.push(Date.now());
                if (attempt === 0) throw new RetryAfterError("not yet", 1500);
              });
            }
            return (tries[1] ?? 0) - (tries[0] ?? 0) >= 1500;
          },
        ),
      ];
    },
    async act({ send, notes, ends, eventually }) {
      await send("flaky");
      await eventually(() => expect(ends("flaky")).toMatchObject([{ status: "completed", result: true }]));
      expect(notes).toEqual(["first 0", "first 1", "second 0", "second 1"]);
    },
  },
  {
    says: "a step that failed for good is an error that the function can catch",
    cast: ({ inngest, note }) => [
      inngest.createFunction(
        { id: "caught", triggers: { event: "caught" }, retries: 0 },
        async ({ step }) => {
          try {
            await step.run("hopeless", () => {
              note("tried");
              throw new Error("no use");
            });
          } catch (error) {
            return step.run("plan b", () => `instead of: ${error instanceof Error ? error.message : error}`);
          }
        },
      ),
    ],
    async act({ send, notes, ends, eventually }) {
      await send("caught");
      await eventually(() => expect(ends("caught")).toMatchObject([{ result: "instead of: no use" }]));
      expect(notes).toEqual(["tried"]);
    },
  },
  {
    says: "a NonRetriableError is not tried again, in a step or outside",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "final-step", triggers: { event: "final" }, retries: 5 }, ({ step }) =>
        step.run("refused", () => {
          note("step");
          throw new NonRetriableError("refused in the step");
        }),
      ),
      inngest.createFunction({ id: "final-function", triggers: { event: "final" }, retries: 5 }, () => {
        note("function");
        throw new NonRetriableError("refused in the function");
      }),
    ],
    async act({ send, notes, ends, eventually }) {
      await send("final");
      const failed = (error: string) => [{ status: "failed", error: expect.stringContaining(error) }];
      await eventually(() => expect(ends("final-step")).toMatchObject(failed("refused in the step")));
      await eventually(() => expect(ends("final-function")).toMatchObject(failed("refused in the function")));
      expect(notes.toSorted()).toEqual(["function", "step"]);
    },
  },
  {
    says: "onFailure gets the error and the event",
    cast: ({ inngest, note }) => [
      inngest.createFunction(
        {
          id: "doomed",
          triggers: { event: "doomed" },
          retries: 0,
          onFailure: ({ error, event }) => {
            note({ failed: error.message, from: event.data.event.data.from });
          },
        },
        ({ step }) =>
          step.run("fall", () => {
            throw new Error("fell");
          }),
      ),
    ],
    async act({ send, notes, eventually }) {
      await send("doomed", { from: "tower" });
      await eventually(() => expect(notes).toEqual([{ failed: "fell", from: "tower" }]));
    },
  },
];
