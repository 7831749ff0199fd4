import type { Inngest } from "inngest";
import { issueReceipt } from "@/lib/activation/request/issue-receipt";
import { issueMissing } from "@/lib/operations/evidence/issue-missing";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Signs the receipt of what was accepted with a request. */
export function issueRequestReceipt(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "issue-receipt", triggers: { event: "activation/request.submitted" }, retries: 3 },
    ({ event, step }) => {
      const { requestId } = events["activation/request.submitted"].parse(event.data);
      return step.run("issue", () => issueReceipt(context, requestId));
    },
  );
}

/** At a worker's start: documents about what happened before documents were signed, or while no worker was there. */
export function issueMissingEvidence(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "issue-missing-evidence", triggers: { event: "worker/started" }, retries: 1 },
    async ({ step }) => {
      let batch = 0;
      while ((await step.run(`batch ${batch}`, () => issueMissing(context, null))) > 0 && batch < 500)
        batch++;
      return batch;
    },
  );
}
