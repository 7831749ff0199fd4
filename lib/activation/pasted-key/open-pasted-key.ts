import { and, eq } from "drizzle-orm";
import { pastedKeys } from "@/db/schema";
import { blameOf } from "@/lib/connectors/blame";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { decryptPastedKey } from "./decrypt-pasted-key";
import { encryptPastedKey } from "./encrypt-pasted-key";
import type { CheckOutcome } from "./end-check";
import type { LoadedKey } from "./load-pasted-key";

/**
 * The key that was pasted, or that the vendor's login page made; why there is none otherwise. A login's code is traded for
 * the key first, which takes its place: the vendor takes a code once, and the checks may have to be tried again.
 */
export async function openPastedKey(
  context: WorkerContext,
  loaded: LoadedKey,
  sealedKey: string,
): Promise<string | CheckOutcome> {
  const { id } = loaded.pasted;
  const opened = await asSystem(context, "open pasted key", (tx) =>
    decryptPastedKey(tx, context, id, sealedKey),
  );
  if (opened === null) {
    context.log.error({ pastedKeyId: id }, "a pasted key was not encrypted to this worker");
    return { state: "refused", refusal: "not_checked" };
  }
  if ("key" in opened) return opened.key;
  const key = await redeemCode(context, loaded, opened.code);
  if (typeof key === "string") await keepKey(context, id, sealedKey, key);
  return key;
}

/**
 * Only a call that was never sent is thrown, to be tried again. After any other failure the vendor may have made the key,
 * which is its user's own and of no use without its text: the customer logs in once more.
 */
async function redeemCode(
  context: WorkerContext,
  { pasted, vendorApplicationId }: LoadedKey,
  code: string,
): Promise<string | CheckOutcome> {
  const { connector, vendor } = await createConnectorContext(context, vendorApplicationId, pasted.accountId);
  const login = connector.pastedKey?.login;
  if (!login) throw new AppError("misconfigured", "no login makes keys for this vendor");
  try {
    return await login.redeem(vendor, code);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.unsent) throw error;
    const refusal = blameOf(error) === "application" ? "application_refused" : "login_failed";
    return { state: "refused", refusal, vendorAnswer: error.answer };
  }
}

async function keepKey(context: WorkerContext, id: string, sealedCode: string, key: string): Promise<void> {
  await asSystem(context, "keep key of login", async (tx) => {
    const sealedKey = await encryptPastedKey(tx, id, { key });
    await tx
      .update(pastedKeys)
      .set({ sealedKey, updatedAt: new Date() })
      .where(and(eq(pastedKeys.id, id), eq(pastedKeys.sealedKey, sealedCode)));
  });
}
