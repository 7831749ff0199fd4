import { and, eq } from "drizzle-orm";
import { vendorCalls } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { canonicalJson } from "@/lib/core/canonical-json";
import { sha256 } from "@/lib/core/hash";
import { findTraceId } from "@/lib/platform/trace";

/** A call with an effect that must not happen twice, named by what the vendor calls the request. */
export type JournalledCall = { connector: string; stage: string; vendorRequest: string; verb: string };

const isCall = (call: JournalledCall) =>
  and(
    eq(vendorCalls.connector, call.connector),
    eq(vendorCalls.stage, call.stage),
    eq(vendorCalls.vendorRequest, call.vendorRequest),
    eq(vendorCalls.verb, call.verb),
  );

export type Journal = { state: "fresh" | "sent_before"; sentAt: Date } | { state: "answered" };

/**
 * Writes `sent` before the call. `fresh`: this caller may send. `sent_before`: somebody sent it and no answer is known,
 * so it is never sent again. `answered`: it is over.
 */
export async function journalSending(
  tx: SystemTransaction,
  call: JournalledCall,
  body: unknown,
): Promise<Journal> {
  const sentAt = new Date();
  const inserted = await tx
    .insert(vendorCalls)
    .values({ ...call, bodyHash: sha256(canonicalJson(body)), state: "sent", sentAt, traceId: findTraceId() })
    .onConflictDoNothing()
    .returning({ id: vendorCalls.id });
  if (inserted.length > 0) return { state: "fresh", sentAt };
  const [row] = await tx.select().from(vendorCalls).where(isCall(call)).for("update");
  if (!row || row.state === "answered") return { state: "answered" };
  if (row.state !== "unsent") return { state: "sent_before", sentAt: row.sentAt };
  await tx.update(vendorCalls).set({ state: "sent", sentAt, traceId: findTraceId() }).where(isCall(call));
  return { state: "fresh", sentAt };
}

/**
 * The vendor answered, well or badly: with `status`; 0 where its answer is given up. `lookAgainAt`: when its list is read
 * again, for an effect that may come late.
 */
export async function journalAnswer(
  tx: SystemTransaction,
  call: JournalledCall,
  status: number,
  lookAgainAt: Date | null = null,
): Promise<void> {
  await tx
    .update(vendorCalls)
    .set({ state: "answered", status, answeredAt: new Date(), lookAgainAt })
    .where(isCall(call));
}

/** When the vendor's list is read next, or null when there has been looked often enough. */
export async function journalLook(
  tx: SystemTransaction,
  call: JournalledCall,
  lookAgainAt: Date | null,
): Promise<void> {
  await tx.update(vendorCalls).set({ lookAgainAt }).where(isCall(call));
}

/** Certain that no byte left: the only case in which the call may be made again. */
export async function journalUnsent(tx: SystemTransaction, call: JournalledCall): Promise<void> {
  await tx.update(vendorCalls).set({ state: "unsent" }).where(isCall(call));
}
