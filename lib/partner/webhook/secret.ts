import { randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { webhookSecrets } from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { decryptToWorker, encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import type { WorkerContext } from "@/lib/platform/worker-context";

const SECRET_BYTES = 32;
const opened = z.object({ webhookSecretId: z.uuid(), secret: z.string().startsWith("whsec_") });

/** Makes an endpoint's newest secret. It is given back once; the row holds what the worker alone can open. */
export async function addWebhookSecret(
  tx: ScopedTransaction<"partner">,
  endpoint: { id: string; partnerId: string },
): Promise<string> {
  const id = uuidv7();
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  const sealed = await encryptToWorker(tx, { webhookSecretId: id, secret });
  await tx
    .insert(webhookSecrets)
    .values({ id, endpointId: endpoint.id, partnerId: endpoint.partnerId, sealed });
  return secret;
}

/** The secrets that sign now, the newest first. One that does not open is left out. */
export async function openWebhookSecrets(
  tx: SystemTransaction,
  context: WorkerContext,
  endpointId: string,
): Promise<string[]> {
  const { id, sealed, expiresAt, createdAt } = webhookSecrets;
  const isLive = or(isNull(expiresAt), gt(expiresAt, new Date()));
  const rows = await tx
    .select({ id, sealed })
    .from(webhookSecrets)
    .where(and(eq(webhookSecrets.endpointId, endpointId), isLive))
    .orderBy(desc(createdAt));
  const secrets: string[] = [];
  for (const row of rows) {
    const content = opened.safeParse(await decryptToWorker(tx, context, row.sealed));
    if (content.success && content.data.webhookSecretId === row.id) secrets.push(content.data.secret);
  }
  return secrets;
}
