import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  activationRequests,
  activations,
  candidates,
  connections,
  dataKeys,
  grants,
  intakeKeys,
  outboxMails,
  SEALED_OWNERS,
  sealedSecrets,
  tasks,
  vendorCalls,
} from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { settleActivationRequest } from "@/lib/activation/request/settle-activation-request";
import { ensureEvidenceKey } from "@/lib/connection/evidence/evidence-keys";
import { ensureHostKey } from "@/lib/connection/intake/sftp/host-key";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { resolveTask } from "@/lib/operations/task/resolve-task";
import type { Viewer } from "@/lib/people/account/schema";
import { pseudonymOf } from "@/lib/people/profile/rules";
import type { SealedOwner } from "@/lib/platform/seal/data-key";
import { storeSecret } from "@/lib/platform/seal/secrets";
import type { TaskKind } from "@/lib/platform/task/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { reconcile } from "./reconcile";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let operator: Viewer;
let viewer: Viewer;
let requestId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
  operator = await createOperator(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  viewer = await createViewer(database);
  ({ requestId } = await createRequest(database, viewer, integration));
});

const inFuture = (ms: number): Date => new Date(Date.now() + ms);
const orm = () => database.admin.orm;
const readTasks = (kind: TaskKind, subjectId: string) =>
  orm()
    .select()
    .from(tasks)
    .where(and(eq(tasks.kind, kind), eq(tasks.subjectId, subjectId)))
    .orderBy(tasks.createdAt);
const isOpen = async (kind: TaskKind, subjectId: string) =>
  (await readTasks(kind, subjectId)).map(({ resolvedAt }) => resolvedAt === null);
const failAll = (values: Partial<typeof activations.$inferInsert> = {}) =>
  orm()
    .update(activations)
    .set({ state: "failed", failureReason: "vendor_unavailable", isOccupying: false, ...values })
    .where(eq(activations.requestId, requestId));
const activationOf = async () => only((await readRequest(database, requestId)).activations);
const settle = () =>
  orm()
    .update(activationRequests)
    .set({ state: "settled", settledAt: new Date() })
    .where(eq(activationRequests.id, requestId));

test("the worker's own intake key is not a key without an owner", async () => {
  await ensureIntakeKey(context);
  const { id } = only(await orm().select({ id: intakeKeys.id }).from(intakeKeys));
  const secret = only(await orm().select().from(sealedSecrets).where(eq(sealedSecrets.ownerId, id)));
  await reconcile(context, inFuture(DAY_MS));
  expect(await readTasks("key_without_owner", secret.id)).toEqual([]);
  expect(await orm().select().from(dataKeys).where(eq(dataKeys.ownerId, id))).toHaveLength(1);
});

test("where everything is in order nothing is found, however often it is looked at", async () => {
  const first = await reconcile(context);
  expect(await reconcile(context)).toEqual(first);
  expect(Object.values(first).every((count) => count === 0)).toBe(true);
});

describe("a request that nobody works on", () => {
  test("is named after an hour, with its integration, once", async () => {
    await reconcile(context, inFuture(HOUR_MS / 2));
    expect(await isOpen("request_stuck", requestId)).toEqual([]);
    await reconcile(context, inFuture(2 * HOUR_MS));
    await reconcile(context, inFuture(2 * HOUR_MS));
    expect(await readTasks("request_stuck", requestId)).toMatchObject([
      { integrationId: integration.integrationId, resolvedAt: null },
    ]);
  });

  test("is over at once when the request settles, and else when it goes on", async () => {
    await reconcile(context, inFuture(2 * HOUR_MS));
    await failAll();
    await settleActivationRequest(context, requestId);
    expect(await isOpen("request_stuck", requestId)).toEqual([false]);

    const { requestId: other } = await createRequest(database, viewer, integration);
    await reconcile(context, inFuture(2 * HOUR_MS));
    expect(await isOpen("request_stuck", other)).toEqual([true]);
    await reconcile(context);
    expect(await isOpen("request_stuck", other)).toEqual([false]);
  });
});

test("a settled request without its mail gets it, and no second one", async () => {
  await failAll();
  await settle();
  const mails = () => orm().select().from(outboxMails).where(eq(outboxMails.subjectId, requestId));
  await reconcile(context);
  expect(await mails()).toEqual([]);
  await reconcile(context, inFuture(HOUR_MS / 2));
  await reconcile(context, inFuture(HOUR_MS / 2));
  expect(await mails()).toMatchObject([{ kind: "request_settled", recipient: viewer.email }]);
});

test("a settled request of somebody who was erased gets no mail", async () => {
  await failAll();
  await settle();
  await orm()
    .update(activationRequests)
    .set({ notifiedEmail: pseudonymOf(viewer.userId) })
    .where(eq(activationRequests.id, requestId));
  await reconcile(context, inFuture(HOUR_MS));
  expect(await orm().select().from(outboxMails).where(eq(outboxMails.subjectId, requestId))).toEqual([]);
});

test("a mail that failed has a task, which is over when the mail is out", async () => {
  await failAll();
  await settleActivationRequest(context, requestId);
  const mail = only(await orm().select().from(outboxMails).where(eq(outboxMails.subjectId, requestId)));
  const become = (state: "failed" | "sent") =>
    orm().update(outboxMails).set({ state }).where(eq(outboxMails.id, mail.id));
  await become("failed");
  await reconcile(context);
  expect(await isOpen("mail_failed", mail.id)).toEqual([true]);
  await become("sent");
  await reconcile(context);
  expect(await isOpen("mail_failed", mail.id)).toEqual([false]);
});

test("an activation whose answer was lost has a task, until it is recovered; what a person resolved stays so", async () => {
  await failAll({ failureReason: "needs_recovery" });
  await settle();
  const { id } = await activationOf();
  await reconcile(context);
  expect(await isOpen("answer_lost", id)).toEqual([true]);
  await failAll({ failureReason: "vendor_unavailable" });
  await reconcile(context);
  expect(await isOpen("answer_lost", id)).toEqual([false]);
  await failAll({ failureReason: "needs_recovery" });
  await reconcile(context);
  expect(await isOpen("answer_lost", id)).toEqual([false]);
});

describe("a vendor call without an answer", () => {
  async function leaveUnanswered(state: "released" | "open" | "used"): Promise<string> {
    const other = await createViewer(database);
    const { grantId, vendorRequest } = await prepareDraft(database, other, integration);
    await orm().update(grants).set({ state }).where(eq(grants.id, grantId));
    await orm().insert(vendorCalls).values({
      vendorRequest,
      verb: "decide",
      connector: "procountor",
      stage: "test",
      bodyHash: "hash",
      state: "sent",
      sentAt: new Date(),
    });
    return vendorRequest;
  }
  const stateOf = async (vendorRequest: string) =>
    only(await orm().select().from(vendorCalls).where(eq(vendorCalls.vendorRequest, vendorRequest))).state;

  test("is closed when it declined and the vendor's expiry has passed", async () => {
    const declined = await leaveUnanswered("released");
    await reconcile(context, inFuture(HOUR_MS / 2));
    expect(await stateOf(declined)).toBe("sent");
    await reconcile(context, inFuture(2 * HOUR_MS));
    expect(await stateOf(declined)).toBe("answered");
  });

  test.each(["open", "used"] as const)("stays as it is while its consent is %s", async (state) => {
    const call = await leaveUnanswered(state);
    await reconcile(context, inFuture(2 * HOUR_MS));
    expect(await stateOf(call)).toBe("sent");
  });
});

describe("a sealed key", () => {
  const seal = (owner: SealedOwner) =>
    asSystem(context, "test", (tx) =>
      storeSecret(tx, context.keys, owner, { name: "api_key", value: randomUUID() }),
    );
  const secretsOf = (ownerId: string) =>
    orm().select().from(sealedSecrets).where(eq(sealedSecrets.ownerId, ownerId));
  const dataKeysOf = (ownerId: string) => orm().select().from(dataKeys).where(eq(dataKeys.ownerId, ownerId));

  test.each(SEALED_OWNERS)(
    "whose %s is gone is named, kept until a person has looked into it, and destroyed then",
    async (kind) => {
      const id = uuidv7();
      await seal({ kind, id });
      const secret = only(await secretsOf(id));
      await reconcile(context);
      await reconcile(context);
      const task = only(await readTasks("key_without_owner", secret.id));
      expect(await secretsOf(id)).toHaveLength(1);
      await asOperator(database, operator, (tx) =>
        resolveTask(tx, operator, { taskId: task.id, resolution: "Revoked at the vendor." }),
      );
      await reconcile(context);
      expect([await secretsOf(id), await dataKeysOf(id)]).toEqual([[], []]);
      expect(await isOpen("key_without_owner", secret.id)).toEqual([false]);
    },
  );

  test("of files' and documents' own keys is nothing to name", async () => {
    await ensureHostKey(context);
    await ensureEvidenceKey(context);
    await ensureIntakeKey(context);
    const owners = await orm()
      .select({ id: sealedSecrets.id, kind: sealedSecrets.ownerKind })
      .from(sealedSecrets)
      .where(inArray(sealedSecrets.ownerKind, ["intake_host", "evidence_key", "intake_key"]));
    expect(owners.map(({ kind }) => kind).toSorted()).toEqual(["evidence_key", "intake_host", "intake_key"]);
    await reconcile(context);
    for (const { id } of owners) expect(await readTasks("key_without_owner", id)).toEqual([]);
  });

  test("of a live connection is nothing to name, and of one that was removed only after its probes", async () => {
    const activation = await activationOf();
    await asSystem(context, "test", (tx) => createConnection(tx, context, activation, "key"));
    const connection = only(
      await orm().select().from(connections).where(eq(connections.activationId, activation.id)),
    );
    const secret = only(await secretsOf(connection.id));
    await reconcile(context, inFuture(60 * DAY_MS));
    expect(await readTasks("key_without_owner", secret.id)).toEqual([]);
    await orm()
      .update(connections)
      .set({ state: "removed", attention: null, stateSince: new Date() })
      .where(eq(connections.id, connection.id));
    await reconcile(context, inFuture(30 * DAY_MS));
    expect(await readTasks("key_without_owner", secret.id)).toEqual([]);
    await reconcile(context, inFuture(60 * DAY_MS));
    expect(await isOpen("key_without_owner", secret.id)).toEqual([true]);
  });

  test("of a consent goes when each of its keys is decided about, and not before", async () => {
    const { grantId } = await prepareDraft(database, await createViewer(database), integration);
    await seal({ kind: "grant", id: grantId });
    const decide = (keyState: "held" | "released") =>
      orm().update(candidates).set({ keyState }).where(eq(candidates.grantId, grantId));
    await orm().update(grants).set({ state: "released" }).where(eq(grants.id, grantId));
    await decide("held");
    await reconcile(context);
    expect(await secretsOf(grantId)).toHaveLength(1);
    await decide("released");
    await reconcile(context);
    expect([await secretsOf(grantId), await dataKeysOf(grantId)]).toEqual([[], []]);
  });
});
