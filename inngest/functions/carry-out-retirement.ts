import type { Inngest } from "inngest";
import { callOffEnds, scheduleEnds } from "@/lib/connection/retirement/carry-out";
import { queueRetirementMails } from "@/lib/operations/mail/queue-retirement-mails";
import { events } from "@/lib/platform/outbox/events";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { MAX_ROUNDS, NOTICES_EVERY } from "./rounds";

/** Sets or calls off the ends of connections of an integration that is given up, and tells their customers. */
export function carryOutRetirement(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "carry-out-retirement", triggers: { event: "integration/retirement.changed" }, retries: 4 },
    async ({ event, step }) => {
      const { retirementId } = events["integration/retirement.changed"].parse(event.data);
      for (const [name, work] of [
        ["set ends", scheduleEnds],
        ["call off ends", callOffEnds],
      ] as const) {
        for (let round = 0; round < MAX_ROUNDS; round += 1) {
          const done = await step.run(`${name} ${round}`, () =>
            asSystem(context, name, (tx) => work(tx, retirementId, new Date())),
          );
          if (done === 0) break;
        }
      }
      let after: string | null = null;
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const from: string | null = after;
        after = await step.run(`queue mails ${round}`, () =>
          asSystem(context, "mail a retirement", (tx) => queueRetirementMails(tx, retirementId, from)),
        );
        if (after === null) return;
        await step.sleep(`let other mails pass ${round}`, NOTICES_EVERY);
      }
    },
  );
}
