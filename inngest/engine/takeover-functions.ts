import type { Define } from "./test-engine";

/** A run of three steps; `middle` is what the second one does. */
export function threeSteps(middle: () => Promise<string>, ran: (step: string) => void): Define {
  return (inngest) => [
    inngest.createFunction({ id: "three", triggers: { event: "three" }, retries: 0 }, async ({ step }) => {
      await step.run("first", () => ran("first"));
      const who = await step.run("middle", async () => {
        ran("middle");
        return middle();
      });
      await step.run("last", () => ran("last"));
      return who;
    }),
  ];
}
