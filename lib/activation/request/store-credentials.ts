import { and, eq, inArray } from "drizzle-orm";
import { activations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import type { IssuedCredential } from "@/lib/connectors/connector";
import { storeIssued } from "@/lib/connectors/vendor/store-issued";
import { journalAnswer, journalUnsent } from "@/lib/connectors/vendor/vendor-call-journal";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { SentDecision } from "./vendor-telling";

/**
 * Keeps what the vendor issued: each key sealed beside its connection, in the same transaction as the answer in the
 * journal. An approved environment without a key has failed.
 */
export function storeCredentials(
  context: WorkerContext,
  telling: SentDecision,
  issued: readonly IssuedCredential[],
): Promise<void> {
  return storeIssued(context.log, { requestId: telling.requestId }, () =>
    asSystem(context, "store credentials", (tx) => store(tx, context, telling, issued)),
  );
}

async function store(
  tx: SystemTransaction,
  context: WorkerContext,
  telling: SentDecision,
  issued: readonly IssuedCredential[],
): Promise<void> {
  const secrets = new Map(issued.map((credential) => [credential.externalId, credential.secret]));
  // What an earlier try was answered is over.
  await keepAnswerOfWaiting(tx, telling, null);
  const rows = await tx
    .select()
    .from(activations)
    .where(and(isOf(telling), eq(activations.state, "activating")));
  for (const activation of rows) {
    const secret = secrets.get(activation.externalId);
    if (secret !== undefined) await createConnection(tx, context, activation, secret);
  }
  await reportKeysOfNobody(tx, context, telling, rows, secrets);
  const withoutKey = rows.filter((row) => !secrets.has(row.externalId)).map((row) => row.id);
  await failWithoutKey(tx, withoutKey);
  await journalAnswer(tx, telling.call, 200);
}

/** What other consents of the request cover is not told of here. */
const isOf = ({ requestId, grantId }: Pick<SentDecision, "requestId" | "grantId">) =>
  and(eq(activations.requestId, requestId), eq(activations.grantId, grantId));

/**
 * Keys for environments that somebody gave up meanwhile: nobody may use them, and the customer has to know that there is
 * a technical user at the vendor.
 */
async function reportKeysOfNobody(
  tx: SystemTransaction,
  context: WorkerContext,
  telling: SentDecision,
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
    .where(and(isOf(telling), eq(activations.state, "failed"), inArray(activations.externalId, ofNobody)));
}

/** Approved, and there is no key to work with. */
export async function failWithoutKey(tx: SystemTransaction, activationIds: string[]): Promise<void> {
  if (activationIds.length === 0) return;
  await tx
    .update(activations)
    .set({ state: "failed", failureReason: "not_issued", isOccupying: false, stateSince: new Date() })
    .where(inArray(activations.id, activationIds));
}

/** Nothing left this machine: the call may be made again. What the vendor said stands beside it meanwhile. */
export async function markUnsent(
  context: WorkerContext,
  telling: SentDecision,
  answer: VendorAnswer | null,
): Promise<void> {
  await asSystem(context, "journal unsent call", async (tx) => {
    await journalUnsent(tx, telling.call);
    await keepAnswerOfWaiting(tx, telling, answer);
  });
}

/** For the status page, while it is not known yet what becomes of the activations. */
export async function keepAnswerOfWaiting(
  tx: SystemTransaction,
  telling: Pick<SentDecision, "requestId" | "grantId">,
  vendorAnswer: VendorAnswer | null,
): Promise<void> {
  await tx
    .update(activations)
    .set({ vendorAnswer })
    .where(and(isOf(telling), inArray(activations.state, ["approved", "activating"])));
}
