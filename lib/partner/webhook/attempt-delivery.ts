import { and, eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { uuidv7 } from "uuidv7";
import { webhookAttempts, webhookDeliveries, webhookEndpoints, type webhookEvents } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { type OutgoingAnswer, sendOutgoing } from "@/lib/platform/outgoing/send-outgoing";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { disableEndpoint, noteFailing } from "./fail-endpoint";
import type { EndpointRow } from "./queries";
import { type AttemptResult, disabledBecause, judgeAnswer, nextAttemptAt } from "./rules";

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 2_000;

type Due = {
  delivery: typeof webhookDeliveries.$inferSelect;
  event: typeof webhookEvents.$inferSelect;
  endpoint: EndpointRow;
  secrets: readonly string[];
};

/** The same bytes at every attempt. It holds ids and states alone, far below the 20 kB that receivers count on. */
function bodyOf({ event }: Due): string {
  const { type, createdAt, data, sequence, subjectId } = event;
  return JSON.stringify({
    type,
    timestamp: createdAt.toISOString(),
    data: { ...data, subjectId, sequence },
  });
}

/**
 * One request to an endpoint, signed anew by every live secret, with the event's id as `webhook-id`. The attempt is
 * written before it is sent: without an end it was interrupted, and is made again.
 */
export async function attemptDelivery(context: WorkerContext, due: Due): Promise<void> {
  const { delivery, event, endpoint, secrets } = due;
  const body = bodyOf(due);
  const startedAt = new Date();
  const timestamp = Math.floor(startedAt.getTime() / 1000);
  const attemptId = uuidv7();
  await asSystem(context, "begin webhook attempt", (tx) =>
    tx.insert(webhookAttempts).values({
      id: attemptId,
      deliveryId: delivery.id,
      partnerId: delivery.partnerId,
      startedAt,
      request: { url: endpoint.url, timestamp, body },
    }),
  );
  const signature = secrets.map((secret) => new Webhook(secret).sign(event.id, startedAt, body)).join(" ");
  const answer: OutgoingAnswer =
    secrets.length === 0
      ? { kind: "failed", error: "the endpoint's secret does not open any more; rotate it" }
      : await sendOutgoing(
          {
            method: "POST",
            url: endpoint.url,
            headers: {
              "content-type": "application/json",
              "content-length": String(Buffer.byteLength(body)),
              "user-agent": "Kytkin-Webhooks/1",
              "webhook-id": event.id,
              "webhook-timestamp": String(timestamp),
              "webhook-signature": signature,
            },
            body,
            timeoutMs: TIMEOUT_MS,
            maxAnswerBytes: MAX_ANSWER_BYTES,
          },
          context.outgoing,
        );
  await asSystem(context, "end webhook attempt", (tx) => recordAnswer(tx, due, attemptId, answer));
}

async function recordAnswer(
  tx: SystemTransaction,
  { delivery, endpoint }: Due,
  attemptId: string,
  answer: OutgoingAnswer,
): Promise<void> {
  const now = new Date();
  const isAnswered = answer.kind === "answered";
  await tx
    .update(webhookAttempts)
    .set({
      endedAt: now,
      status: isAnswered ? answer.status : null,
      error: isAnswered ? null : answer.error,
      // PostgreSQL takes no NUL in a text.
      answer: isAnswered ? answer.body.replaceAll("\0", "") : null,
    })
    .where(eq(webhookAttempts.id, attemptId));
  const given = isAnswered ? { status: answer.status, retryAfter: answer.headers["retry-after"] } : null;
  const result = judgeAnswer(given, now);
  // Locked, so that of attempts that end at once each sees what the other made of the endpoint.
  const [current] = await tx
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpoint.id))
    .for("update");
  if (!current) return;
  await (result.isDelivered
    ? recordDelivered(tx, delivery.id, current, now)
    : recordFailure(tx, delivery, current, result, now));
}

async function recordDelivered(
  tx: SystemTransaction,
  deliveryId: string,
  endpoint: EndpointRow,
  now: Date,
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ state: "delivered", deliveredAt: now, nextAttemptAt: null })
    .where(eq(webhookDeliveries.id, deliveryId));
  if (endpoint.failingSince && endpoint.state === "active")
    await tx
      .update(webhookEndpoints)
      .set({ failingSince: null, failingId: null })
      .where(eq(webhookEndpoints.id, endpoint.id));
}

async function recordFailure(
  tx: SystemTransaction,
  delivery: Due["delivery"],
  endpoint: EndpointRow,
  result: AttemptResult,
  now: Date,
): Promise<void> {
  const failures = delivery.failures + 1;
  const next = nextAttemptAt(failures, result.retryAfterMs, now);
  await tx
    .update(webhookDeliveries)
    .set({ failures, state: next ? "pending" : "failed", nextAttemptAt: next })
    // Meanwhile its endpoint may have been paused: then it stays held.
    .where(and(eq(webhookDeliveries.id, delivery.id), eq(webhookDeliveries.state, "pending")));
  if (endpoint.state !== "active") return;
  const failing = await noteFailing(tx, endpoint, now);
  const because = disabledBecause(result, failing.failingSince, now);
  if (because) await disableEndpoint(tx, failing, because);
}
