import type { Inngest } from "inngest";
import { followSilently, judgeSteps, offerForConsent } from "@/lib/connection/update/offer-updates";
import { queueUpdateMails } from "@/lib/operations/mail/queue-update-mails";
import { events } from "@/lib/platform/outbox/events";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { MAX_ROUNDS, NOTICES_EVERY } from "./rounds";

/** Brings a published version to those who are active on a former one: they are asked, told, or follow without a word. */
export function offerUpdate(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "offer-update", triggers: { event: "specification/published" }, retries: 4 },
    async ({ event, step }) => {
      const { specificationId } = events["specification/published"].parse(event.data);
      const isOffered = await step.run("judge the steps to it", () =>
        asSystem(context, "judge a version", (tx) => judgeSteps(tx, specificationId)),
      );
      if (!isOffered) return;
      for (const [name, work] of [
        ["ask accounts", offerForConsent],
        ["move connections", followSilently],
      ] as const) {
        for (let round = 0; round < MAX_ROUNDS; round += 1) {
          const done = await step.run(`${name} ${round}`, () =>
            asSystem(context, name, (tx) => work(tx, specificationId)),
          );
          if (done === 0) break;
        }
      }
      let after: string | null = null;
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const from: string | null = after;
        after = await step.run(`queue mails ${round}`, () =>
          asSystem(context, "mail an update", (tx) => queueUpdateMails(tx, specificationId, from)),
        );
        if (after === null) return;
        await step.sleep(`let other mails pass ${round}`, NOTICES_EVERY);
      }
    },
  );
}
