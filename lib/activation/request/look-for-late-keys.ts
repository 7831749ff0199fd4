import { and, eq, inArray, lt, lte, sql } from "drizzle-orm";
import {
  activationRequests,
  activations,
  grants,
  integrations,
  requestConsents,
  vendorCalls,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { decides } from "@/lib/connectors/connector";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { type JournalledCall, journalLook } from "@/lib/connectors/vendor/vendor-call-journal";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { listCustomers } from "./fail-activations";
import { findRecipient } from "./find-recipient";
import { nextLookAt } from "./rules";
import type { FailureReason } from "./schema";

/** What was said of an environment that the vendor did not list, once the decision had been sent. */
const SAID_TO_BE_UNTOUCHED: FailureReason[] = ["vendor_unavailable", "vendor_refused"];

const isOfGrant = and(
  eq(vendorCalls.connector, grants.connector),
  eq(vendorCalls.stage, grants.stage),
  eq(vendorCalls.vendorRequest, grants.vendorRequest),
  eq(vendorCalls.verb, "decide"),
);

/** Has requests looked at again whose decision may have an effect by now. Returns how many. */
export async function askForLateKeys(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .selectDistinct({ requestId: requestConsents.requestId })
    .from(vendorCalls)
    .innerJoin(grants, isOfGrant)
    .innerJoin(requestConsents, eq(requestConsents.grantId, grants.id))
    .where(lt(vendorCalls.lookAgainAt, now));
  await enqueueEvents(tx, "activation/late-keys.wanted", due);
  return due.length;
}

/**
 * Reads the vendor's list once more for a request whose answer was lost. An environment that it lists now has a key that
 * nobody holds: the activation needs recovery, which is a task of the operator, and the customer is told by mail and on the
 * status page how to go on. One that came to life in another way meanwhile is left alone. Returns how many were found.
 */
export async function lookForLateKeys(
  context: WorkerContext,
  requestId: string,
  now = new Date(),
): Promise<number> {
  const due = await listDue(context, requestId, now);
  const [first] = due;
  if (first === undefined) return 0;
  const { connector, vendor } = await createConnectorContext(
    context,
    first.vendorApplicationId,
    first.accountId,
  );
  if (!decides(connector)) return 0;
  const listed = await listCustomers(connector, vendor);
  return asSystem(context, "look for late keys", async (tx) => {
    for (const { call, sentAt } of due) await journalLook(tx, call, nextLookAt(sentAt, now));
    if (listed === null) return 0;
    return nameLateKeys(tx, { requestId, grantIds: due.map(({ grantId }) => grantId) }, listed);
  });
}

/** Decisions about consents of the request whose answer was lost and that are to be looked after now. */
async function listDue(context: WorkerContext, requestId: string, now: Date) {
  return asSystem(context, "read lost decision", async (tx) => {
    const rows = await tx
      .select({
        call: vendorCalls,
        grantId: grants.id,
        accountId: activationRequests.accountId,
        vendorApplicationId: integrations.vendorApplicationId,
      })
      .from(activationRequests)
      .innerJoin(requestConsents, eq(requestConsents.requestId, activationRequests.id))
      .innerJoin(grants, eq(grants.id, requestConsents.grantId))
      .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
      .innerJoin(vendorCalls, isOfGrant)
      .where(and(eq(activationRequests.id, requestId), lte(vendorCalls.lookAgainAt, now)));
    return rows.map(({ call: { connector, stage, vendorRequest, verb, sentAt }, ...parties }) => {
      const call: JournalledCall = { connector, stage, vendorRequest, verb };
      return { call, sentAt, ...parties };
    });
  });
}

async function nameLateKeys(
  tx: SystemTransaction,
  { requestId, grantIds }: { requestId: string; grantIds: string[] },
  listed: ReadonlySet<string>,
): Promise<number> {
  const untouched = await tx
    .select({ id: activations.id, externalId: activations.externalId })
    .from(activations)
    .where(
      and(
        eq(activations.requestId, requestId),
        inArray(activations.grantId, grantIds),
        eq(activations.state, "failed"),
        inArray(activations.failureReason, SAID_TO_BE_UNTOUCHED),
        hasNoSuccessor,
      ),
    );
  const late = untouched.filter(({ externalId }) => listed.has(externalId)).map(({ id }) => id);
  if (late.length === 0) return 0;
  const found = await tx
    .update(activations)
    .set({ failureReason: "needs_recovery", stateSince: new Date() })
    .where(and(inArray(activations.id, late), eq(activations.state, "failed")))
    .returning();
  for (const { id: subjectId, integrationId, vendorAnswer } of found)
    await openTask(tx, { kind: "answer_lost", subjectId, integrationId, vendorAnswer });
  await tellCustomer(tx, requestId);
  return found.length;
}

/** Another activation has the environment, or had it since: the vendor lists it for that one. */
const hasNoSuccessor = sql`not exists (select from activations other where other.integration_id = ${activations.integrationId}
  and other.environment_id = ${activations.environmentId} and other.id <> ${activations.id}
  and (other.is_occupying or exists (select from connections c where c.activation_id = other.id
    and c.created_at > ${activations.createdAt})))`;

/** Takes back what the request's mail said; a request that is not settled has its mail still to come. */
async function tellCustomer(tx: SystemTransaction, requestId: string): Promise<void> {
  const [request] = await tx.select().from(activationRequests).where(eq(activationRequests.id, requestId));
  if (request?.state !== "settled") return;
  const member = await findRecipient(tx, request);
  if (!member) return;
  const { accountId, partnerId } = request;
  await queueMail(tx, { kind: "request_key_found", subjectId: requestId, accountId, partnerId, ...member });
}
