import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { activationRequests, type activations, connections } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { storeSecret } from "@/lib/platform/seal/secrets";
import type { WorkerContext } from "@/lib/platform/worker-context";
import type { KeySource } from "./schema";

/** A connection for an activation whose key has come, with the key sealed beside it. It has yet to be checked. Gives its id. */
export async function createConnection(
  tx: SystemTransaction,
  context: WorkerContext,
  activation: typeof activations.$inferSelect,
  secret: string,
  keySource: KeySource = "issued",
): Promise<string> {
  const id = uuidv7();
  const [request] = await tx
    .select({ specificationId: activationRequests.specificationId })
    .from(activationRequests)
    .where(eq(activationRequests.id, activation.requestId));
  if (!request) throw new AppError("not_found", "request");
  await tx.insert(connections).values({
    id,
    activationId: activation.id,
    partnerId: activation.partnerId,
    accountId: activation.accountId,
    integrationId: activation.integrationId,
    environmentId: activation.environmentId,
    ...request,
    state: "needs_attention",
    attention: "verification_pending",
    keySource,
  });
  await storeSecret(tx, context.keys, { kind: "connection", id }, { name: "api_key", value: secret });
  return id;
}
