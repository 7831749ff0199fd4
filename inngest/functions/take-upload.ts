import type { Inngest } from "inngest";
import { finishUpload } from "@/lib/connection/intake/worker/finish-upload";
import { GRACE_SECONDS, takeUpload } from "@/lib/connection/intake/worker/take-upload";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A small file has its outcomes by then; the sweep looks after the others. */
const LOOKS = 12;
const SECONDS_BETWEEN_LOOKS = 5;

/** A file of a customer: taken after its grace, read, and its result written once no row of it is under way. */
export function takeUploadedFile(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "take-upload", triggers: { event: "intake/upload.closed" }, retries: 3 },
    async ({ event, step, attempt }) => {
      const { uploadId } = events["intake/upload.closed"].parse(event.data);
      const run = <T>(id: string, work: () => Promise<T>) =>
        step.run(id, () => mapErrors(work, attempt, context.vendorRetryDelaysMs));
      // A little more than the grace: the database's clock decides.
      await step.sleep("until it rests", (GRACE_SECONDS + 1) * 1000);
      await run("take", () => takeUpload(context, uploadId));
      for (let look = 0; look < LOOKS; look += 1) {
        if (await run(`finish ${look}`, () => finishUpload(context, uploadId))) return;
        await step.sleep(`until look ${look + 1}`, SECONDS_BETWEEN_LOOKS * 1000);
      }
    },
  );
}
