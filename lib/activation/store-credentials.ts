import { setTimeout as delay } from "node:timers/promises";
import { and, eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { activations, connections } from "@/db/schema";
import type { IssuedCredential } from "@/lib/connectors/types";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { storeSecret } from "@/lib/seal/secrets";
import { journalAnswer, journalUnsent } from "@/lib/vendor/vendor-call-journal";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import type { VendorTelling } from "./vendor-telling";

/** The keys exist nowhere else: while the database is away, the write is tried again for about two minutes. */
const STORE_RETRY_DELAYS_MS = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 40_000];

/**
 * Keeps what the vendor issued: each key sealed beside its connection, in the same transaction as the answer in the
 * journal. An approved environment without a key has failed.
 */
export async function storeCredentials(
  context: WorkerContext,
  telling: VendorTelling,
  issued: readonly IssuedCredential[],
): Promise<void> {
  for (const delayMs of [...STORE_RETRY_DELAYS_MS, null]) {
    try {
      return await asSystem(context, "store credentials", (tx) => store(tx, context, telling, issued));
    } catch (error) {
      if (delayMs === null) throw error;
      context.log.error(
        { requestId: telling.requestId, err: error },
        "issued keys could not be stored; trying again",
      );
      await delay(delayMs);
    }
  }
}

async function store(
  tx: SystemTransaction,
  context: WorkerContext,
  telling: VendorTelling,
  issued: readonly IssuedCredential[],
): Promise<void> {
  const secrets = new Map(issued.map((credential) => [credential.externalId, credential.secret]));
  const rows = await tx
    .select()
    .from(activations)
    .where(and(eq(activations.requestId, telling.requestId), eq(activations.state, "activating")));
  for (const activation of rows) {
    const secret = secrets.get(activation.externalId);
    if (secret === undefined) continue;
    const id = uuidv7();
    await tx.insert(connections).values({
      id,
      activationId: activation.id,
      partnerId: activation.partnerId,
      accountId: activation.accountId,
      integrationId: activation.integrationId,
      environmentId: activation.environmentId,
      state: "needs_attention",
      attention: "verification_pending",
    });
    await storeSecret(tx, context.keys, { kind: "connection", id }, { name: "api_key", value: secret });
  }
  await reportKeysOfNobody(tx, context, telling, rows, secrets);
  const withoutKey = rows.filter((row) => !secrets.has(row.externalId)).map((row) => row.id);
  if (withoutKey.length > 0) {
    await tx
      .update(activations)
      .set({ state: "failed", failureReason: "not_issued", isOccupying: false, stateSince: new Date() })
      .where(inArray(activations.id, withoutKey));
  }
  await journalAnswer(tx, telling.call, 200);
}

/**
 * Keys for environments that somebody gave up meanwhile: nobody may use them, and the customer has to know that there is
 * a technical user at the vendor.
 */
async function reportKeysOfNobody(
  tx: SystemTransaction,
  context: WorkerContext,
  telling: VendorTelling,
  waiting: readonly { externalId: string }[],
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  const taken = new Set(waiting.map((row) => row.externalId));
  const ofNobody = [...secrets.keys()].filter((externalId) => !taken.has(externalId));
  if (ofNobody.length === 0) return;
  context.log.error(
    { requestId: telling.requestId, count: ofNobody.length },
    "keys came for activations that had ended",
  );
  await tx
    .update(activations)
    .set({ failureReason: "needs_recovery" })
    .where(
      and(
        eq(activations.requestId, telling.requestId),
        eq(activations.state, "failed"),
        inArray(activations.externalId, ofNobody),
      ),
    );
}

/** Nothing left this machine: the call may be made again. */
export async function keepUnsent(context: WorkerContext, telling: VendorTelling): Promise<void> {
  await asSystem(context, "journal unsent call", (tx) => journalUnsent(tx, telling.call));
}
