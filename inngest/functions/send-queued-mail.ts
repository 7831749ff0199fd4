import type { Inngest } from "inngest";
import { giveUpMail, sendQueuedMail as send } from "@/lib/operations/mail/send-queued-mail";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** One queued mail; while the mail server is away it is tried for more than a day. */
export function sendQueuedMail(inngest: Inngest, context: WorkerContext, mailer: Mailer) {
  return inngest.createFunction(
    { id: "send-queued-mail", triggers: { event: "mail/queued" }, retries: 20 },
    async ({ event, step }) => {
      const { mailId } = events["mail/queued"].parse(event.data);
      await step
        .run("send", () => send(context, mailer, mailId))
        .catch((error: unknown) => step.run("give up", () => giveUpMail(context, mailId, String(error))));
    },
  );
}
