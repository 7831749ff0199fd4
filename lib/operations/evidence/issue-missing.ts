import { issueReceipt, listWithoutReceipt } from "@/lib/activation/request/issue-receipt";
import { issueCertificate, listOutdated, listUncertified } from "@/lib/connection/evidence/issue-certificate";
import { isAppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/**
 * Signs receipts and certificates whose job was lost, of what happened since; null: all that are missing, those from before
 * documents were signed among them. A batch at a time. Returns how many were signed.
 */
export async function issueMissing(context: WorkerContext, since: Date | null): Promise<number> {
  const requests = await asSystem(context, "find missing receipts", (tx) => listWithoutReceipt(tx, since));
  const ends = await asSystem(context, "find missing certificates", (tx) => listUncertified(tx, since));
  try {
    for (const id of requests) await issueReceipt(context, id);
    let certified = 0;
    for (const id of ends) if (await issueCertificate(context, id)) certified++;
    const outdated = await asSystem(context, "find outdated certificates", listOutdated);
    for (const { connectionId, revision } of outdated)
      if (await issueCertificate(context, connectionId, revision)) certified++;
    return requests.length + certified;
  } catch (error) {
    // Without a key nothing can be signed; everything else of a sweep goes on.
    if (!isAppError(error, "misconfigured")) throw error;
    context.log.error({ err: error }, "documents cannot be signed");
    return 0;
  }
}
