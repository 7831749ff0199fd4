import type { Inngest, InngestFunction } from "inngest";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { askToRetry } from "./ask-to-retry";
import { carryOutImport } from "./carry-out-import";
import { carryOutRetirement } from "./carry-out-retirement";
import { checkAddress } from "./check-address";
import { checkConnection } from "./check-connection";
import { checkPastedKey } from "./check-pasted-key";
import { compareConnections } from "./compare-connections";
import { deliverWebhooks } from "./deliver-webhooks";
import { erasePerson } from "./erase-person";
import { issueMissingEvidence, issueRequestReceipt } from "./issue-evidence";
import { lookForLateKeys } from "./look-for-late-keys";
import { makeExport } from "./make-export";
import { offboardConnection } from "./offboard-connection";
import { offerUpdate } from "./offer-update";
import { prepareConnection } from "./prepare-connection";
import { processActivationRequest } from "./process-activation-request";
import { publishOnTime } from "./publish-on-time";
import { pumpDeliveries } from "./pump-deliveries";
import { readGrant } from "./read-grant";
import { readVendorCalls } from "./read-vendor-calls";
import { reconcile } from "./reconcile";
import { releaseGrant } from "./release-grant";
import { requestConsentAddress } from "./request-consent-address";
import { runPreflight } from "./run-preflight";
import { sendQueuedMail } from "./send-queued-mail";
import { sweep } from "./sweep";
import { takeUploadedFile } from "./take-upload";
import { tryApplication } from "./try-application";

/** Everything that happens in the background. */
export function createFunctions(
  inngest: Inngest,
  context: WorkerContext,
  mailer: Mailer,
): InngestFunction.Any[] {
  const prepare = prepareConnection(inngest, context);
  return [
    processActivationRequest(inngest, context, prepare),
    prepare,
    issueRequestReceipt(inngest, context),
    issueMissingEvidence(inngest, context),
    lookForLateKeys(inngest, context),
    checkConnection(inngest, context),
    readVendorCalls(inngest, context),
    offboardConnection(inngest, context),
    requestConsentAddress(inngest, context),
    readGrant(inngest, context),
    checkPastedKey(inngest, context),
    releaseGrant(inngest, context),
    erasePerson(inngest, context),
    runPreflight(inngest, context),
    sendQueuedMail(inngest, context, mailer),
    deliverWebhooks(inngest, context),
    checkAddress(inngest, context),
    publishOnTime(inngest, context),
    offerUpdate(inngest, context),
    askToRetry(inngest, context),
    carryOutRetirement(inngest, context),
    carryOutImport(inngest, context),
    makeExport(inngest, context),
    pumpDeliveries(inngest, context),
    tryApplication(inngest, context),
    takeUploadedFile(inngest, context),
    compareConnections(inngest, context),
    sweep(inngest, context),
    reconcile(inngest, context),
  ];
}
