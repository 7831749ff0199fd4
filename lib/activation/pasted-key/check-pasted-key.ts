import { type Blame, blameOf } from "@/lib/connectors/blame";
import type { Verification } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type CheckOutcome, endCheck } from "./end-check";
import { grantFromKey } from "./grant-from-key";
import { type LoadedKey, loadPastedKey } from "./load-pasted-key";
import { openPastedKey } from "./open-pasted-key";
import { recoverActivation } from "./recover-activation";
import { judgePastedKey } from "./rules";
import type { PastedKeyRefusal } from "./schema";

/** What the vendor's refusal means to the person who pasted the key. One that blames nothing is not understood. */
const REFUSALS: Record<Exclude<Blame, null>, PastedKeyRefusal> = {
  key: "not_accepted",
  integration: "not_accepted",
  rights: "rights_missing",
  application: "application_refused",
};

/**
 * Asks the vendor whose key a customer pasted, and puts it to use or says why not. Has no effect at the vendor but that of
 * a login's code; may run twice. Passing trouble there is thrown, for the job to try again.
 */
export async function checkPastedKey(context: WorkerContext, pastedKeyId: string): Promise<void> {
  const loaded = await loadPastedKey(context, pastedKeyId);
  const { sealedKey } = loaded.pasted;
  if (sealedKey === null) return;
  const secret = await openPastedKey(context, loaded, sealedKey);
  if (typeof secret !== "string") return refuse(context, loaded, secret);
  const read = await readKey(context, loaded, secret);
  if ("state" in read) return refuse(context, loaded, read);
  const refusal = judgePastedKey(read);
  if (refusal !== null) {
    const rights = refusal === "rights_missing" ? toRights(read) : undefined;
    return refuse(context, loaded, { state: "refused", refusal, finding: { rights } });
  }
  if (loaded.pasted.activationId === null) await grantFromKey(context, loaded, { secret, read });
  else await recoverActivation(context, loaded, { secret, read });
}

async function readKey(
  context: WorkerContext,
  { pasted, vendorApplicationId, asked }: LoadedKey,
  secret: string,
): Promise<Verification | CheckOutcome> {
  const { connector, vendor } = await createConnectorContext(context, vendorApplicationId, pasted.accountId);
  const { pastedKey } = connector;
  if (!pastedKey) throw new AppError("misconfigured", "no key can be pasted for this vendor");
  try {
    return await pastedKey.read(vendor, { subject: { kind: "pasted_key" }, secret }, asked);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.isRetriable) throw error;
    const blame = blameOf(error);
    const refusal = blame === null ? "vendor_unexpected" : REFUSALS[blame];
    return { state: "refused", refusal, vendorAnswer: error.answer };
  }
}

const toRights = ({ rights }: Verification) =>
  rights.missing.map(({ path, asked }) => ({ path, level: asked }));

async function refuse(context: WorkerContext, loaded: LoadedKey, outcome: CheckOutcome): Promise<void> {
  await asSystem(context, "refuse pasted key", (tx) => endCheck(tx, loaded, outcome));
}

/** The job could not do its part, however often it was tried: the page can say so, and the key is forgotten. */
export async function giveUpCheck(
  context: WorkerContext,
  pastedKeyId: string,
  because: string,
): Promise<void> {
  context.log.warn({ pastedKeyId, because }, "a pasted key could not be checked");
  const loaded = await loadPastedKey(context, pastedKeyId);
  await refuse(context, loaded, { state: "refused", refusal: "vendor_unavailable" });
}
