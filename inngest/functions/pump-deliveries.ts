import type { Inngest } from "inngest";
import { pumpDeliveries as pump } from "@/lib/connection/delivery/pump-deliveries";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { events } from "@/lib/platform/outbox/events";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** A run of more steps hands over to a fresh one, so that none keeps a long history. */
const MAX_ROUNDS = 100;
/** Of a vendor application, whose limit they share, and of all. */
const CONCURRENCY: [{ limit: number; key: string }, { limit: number }] = [
  { limit: 2, key: "event.data.vendorApplicationId" },
  { limit: 8 },
];

/** Writes what is queued for a vendor application, and sleeps until something is due again. All truth is in rows. */
export function pumpDeliveries(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "pump-deliveries",
      triggers: { event: "delivery/rows.waiting" },
      retries: 4,
      concurrency: CONCURRENCY,
    },
    async ({ event, step }) => {
      const { vendorApplicationId } = events["delivery/rows.waiting"].parse(event.data);
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const next = await step.run("pump", () => pump(context, vendorApplicationId));
        if (next === null) return;
        await step.sleepUntil("until something is due", next);
      }
      await step.run("hand over", () =>
        asSystem(context, "hand over deliveries", (tx) =>
          enqueueEvent(tx, "delivery/rows.waiting", { vendorApplicationId }),
        ),
      );
    },
  );
}
