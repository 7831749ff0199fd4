import type { Define } from "@/inngest/engine/test-engine";

export const STEPS_PER_RUN = 10;

/** Runs of steps that do nothing: what is left is the engine's own cost. `began` hears of each run's first step. */
export function trivialSteps(began: (sentAt: number) => void = () => {}): Define {
  return (inngest) => [
    inngest.createFunction({ id: "trivial", triggers: { event: "trivial" } }, async ({ event, step }) => {
      for (let index = 0; index < STEPS_PER_RUN; index++) {
        await step.run(`step ${index}`, () => {
          if (index === 0) began(event.data.sentAt);
          return index;
        });
      }
    }),
  ];
}
