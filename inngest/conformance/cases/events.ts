import { expect } from "vitest";
import type { Case } from "../case";

export const events: readonly Case[] = [
  {
    says: "an event that is sent twice with one id starts one run",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "once", triggers: { event: "once" } }, ({ event }) =>
        note(event.data.try),
      ),
    ],
    async act({ send, notes, eventually, settle }) {
      const id = `order-${crypto.randomUUID()}`;
      await send("once", { try: 1 }, id);
      await send("once", { try: 2 }, id);
      await eventually(() => expect(notes).toHaveLength(1));
      await settle();
      expect(notes).toEqual([1]);
    },
  },
  {
    says: "a trigger's condition decides, and a missing field does not match",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "large", triggers: { event: "sized", if: "event.data.size > 10" } }, () =>
        note("large"),
      ),
      inngest.createFunction({ id: "small", triggers: { event: "sized", if: "event.data.size <= 10" } }, () =>
        note("small"),
      ),
    ],
    async act({ send, notes, eventually, settle }) {
      await send("sized", { size: 11 });
      await send("sized");
      await eventually(() => expect(notes).toHaveLength(1));
      await settle();
      expect(notes).toEqual(["large"]);
    },
  },
  {
    says: "a wait takes the event that matches, by field and by expression, and no other",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "by-field", triggers: { event: "asked" } }, async ({ step }) => {
        const answer = step.waitForEvent("answer", { event: "answered", match: "data.key", timeout: "5m" });
        await step.run("ready", () => note("ready"));
        return (await answer)?.data.text;
      }),
      inngest.createFunction({ id: "by-expression", triggers: { event: "asked" } }, async ({ step }) => {
        const condition = "async.data.key == event.data.key && async.data.size > 1";
        const answer = step.waitForEvent("answer", { event: "answered", if: condition, timeout: "5m" });
        await step.run("ready", () => note("ready"));
        return (await answer)?.data.text;
      }),
    ],
    async act({ send, notes, ends, eventually, settle }) {
      await send("asked", { key: "k1" });
      // A wait is registered before the step beside it runs.
      await eventually(() => expect(notes).toHaveLength(2));
      await send("answered", { key: "k2", size: 5, text: "wrong key" });
      await settle();
      await send("answered", { key: "k1", size: 1, text: "small" });
      await settle();
      await send("answered", { key: "k1", size: 2, text: "large" });
      await eventually(() => expect(ends("by-field")).toMatchObject([{ result: "small" }]));
      await eventually(() => expect(ends("by-expression")).toMatchObject([{ result: "large" }]));
    },
  },
  {
    says: "a wait without its event gives null when its time is over",
    cast: ({ inngest }) => [
      inngest.createFunction({ id: "unanswered", triggers: { event: "unanswered" } }, async ({ step }) => {
        const before = await step.run("before", () => Date.now());
        const answer = await step.waitForEvent("answer", { event: "unanswered/never", timeout: "2s" });
        const after = await step.run("after", () => Date.now());
        return { answer, inTime: after - before >= 2000 };
      }),
    ],
    async act({ send, ends, eventually }) {
      await send("unanswered");
      const result = { answer: null, inTime: true };
      await eventually(() => expect(ends("unanswered")).toMatchObject([{ result }]));
    },
  },
  {
    says: "an event that a step sends starts a run and ends a wait",
    cast: ({ inngest, note }) => [
      inngest.createFunction({ id: "sender", triggers: { event: "sender" } }, async ({ step }) => {
        const echo = step.waitForEvent("echo", { event: "sender/echo", timeout: "5m" });
        await step.sendEvent("call", { name: "sender/call", data: { text: "hello" } });
        return (await echo)?.data.text;
      }),
      inngest.createFunction({ id: "echo", triggers: { event: "sender/call" } }, async ({ event, step }) => {
        note(event.data.text);
        await step.sendEvent("echo", { name: "sender/echo", data: { text: `${event.data.text}!` } });
      }),
    ],
    async act({ send, ends, eventually }) {
      await send("sender");
      await eventually(() => expect(ends("sender")).toMatchObject([{ result: "hello!" }]));
    },
  },
];
