import { and, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  activationRequests,
  activations,
  outboxMails,
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  webhookEvents,
  webhookSecrets,
} from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { webhookBodyOf } from "@/lib/partner/api/openapi";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readEvents, readRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { startWebhookReceiver, type WebhookReceiver } from "@/testing/fixtures/webhook-receiver";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from "./events";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from "./manage-endpoint";
import { getWebhookDelivery, getWebhookEndpoint } from "./queries";
import { countReplay, replayDelivery, replayRange, sendTestEvent } from "./replay";
import { sendDue } from "./send-due";
import { purgeWebhooks, reviveWebhooks } from "./sweep-webhooks";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let database: TestDatabase;
let context: WorkerContext;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  await ensureIntakeKey(context);
});
afterAll(() => database.close());

let integration: TestIntegration;
let viewer: Viewer;
let receiver: WebhookReceiver;
let endpointId: string;
beforeEach(async () => {
  integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
  viewer = await createViewer(database);
  receiver = await startWebhookReceiver();
  endpointId = await addEndpoint();
});
afterEach(() => receiver.close());

const orm = () => database.admin.orm;
type PartnerWork<T> = Parameters<typeof asPartner<T>>[2];
const asOwner = <T>(work: PartnerWork<T>) => asPartner(database, integration.caller, work);
async function addEndpoint(eventTypes: WebhookEventType[] = []): Promise<string> {
  const { id, secret } = await asOwner((tx) =>
    createWebhookEndpoint(
      tx,
      integration.caller,
      { url: receiver.url, description: "", eventTypes },
      context.outgoing,
    ),
  );
  receiver.state.secret = secret;
  return id;
}
const send = (id = endpointId) => sendDue(context, id);
const listDeliveries = (id = endpointId) =>
  orm()
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.endpointId, id))
    .orderBy(webhookDeliveries.position);
const readEndpoint = async () =>
  only(await orm().select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId)));
const listMails = async () =>
  (await orm().select().from(outboxMails).where(eq(outboxMails.partnerId, integration.partner.id))).filter(
    ({ kind }) => kind.startsWith("webhook_"),
  );
/** Lets what waits for its next attempt be due now. */
const passDelay = () =>
  orm()
    .update(webhookDeliveries)
    .set({ nextAttemptAt: new Date() })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, "pending")));
const failedFor = (ms: number) =>
  orm()
    .update(webhookEndpoints)
    .set({ failingSince: new Date(Date.now() - ms) })
    .where(eq(webhookEndpoints.id, endpointId));

const webhookType = z.enum(WEBHOOK_EVENT_TYPES);
type Received = WebhookReceiver["received"][number];
const SUBJECTS = ["request", "activation", "connection"];
const order = ({ body }: Received): number =>
  SUBJECTS.indexOf(body.type.split(".")[0] ?? "") * 100 + Number(body.data.sequence);

describe("events", () => {
  test("of a request are written with its changes and numbered", async () => {
    const { requestId } = await createRequest(database, viewer, integration);
    await asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
    const rows = await orm()
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.subjectId, requestId))
      .orderBy(webhookEvents.position);
    expect(rows.map(({ type, sequence }) => [type, sequence])).toEqual([
      ["request.submitted", 1],
      ["request.settled", 2],
    ]);
    expect(rows[1]?.data).toMatchObject({ integration: integration.slug, state: "cancelled" });
    expect(JSON.stringify(rows)).not.toContain(viewer.email);
    expect(await readEvents(database, endpointId)).toEqual(Array(2).fill("webhook/endpoint.due"));
  });

  test("fall with the change that made them", async () => {
    const { requestId } = await createRequest(database, viewer, integration);
    await expect(
      asSystem(context, "test", async (tx) => {
        await tx
          .update(activationRequests)
          .set({ decidedAt: new Date() })
          .where(eq(activationRequests.id, requestId));
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await listDeliveries()).toHaveLength(1);
  });

  test("of a connection: active, in need of something, active again, ended", async () => {
    const { requestId } = await createRequest(database, viewer, integration);
    const activation = only((await readRequest(database, requestId)).activations);
    await asSystem(context, "test", (tx) => createConnection(tx, context, activation, "key"));
    const set = (text: string) =>
      database.admin.sql.unsafe(`update connections set ${text} where activation_id = '${activation.id}'`);
    await orm().update(activations).set({ state: "active" }).where(eq(activations.id, activation.id));
    await set("state = 'active', attention = null");
    await set("state = 'needs_attention', attention = 'rights_missing'");
    await set("state = 'active', attention = null");
    await set("state = 'offboarding'");
    await set("state = 'removed'");
    await send();
    // Several at a time: what belongs together is put in order by its number.
    const sent = receiver.received.toSorted((a, b) => order(a) - order(b));
    expect(sent.map(({ body }) => body.type)).toEqual([
      "request.submitted",
      "activation.active",
      "connection.active",
      "connection.needs_attention",
      "connection.active",
      "connection.ended",
    ]);
    expect(sent.at(-1)?.body.data).toMatchObject({
      activationRequestId: requestId,
      externalId: activation.externalId,
      sequence: 4,
    });
    expect(receiver.unverified).toEqual([]);
    for (const { body } of sent) webhookBodyOf(webhookType.parse(body.type)).parse(body);
  });

  test("go to the endpoints that chose their type, of the same stage and partner alone", async () => {
    const chosen = await addEndpoint(["request.settled"]);
    const { requestId } = await createRequest(database, viewer, integration);
    expect(await listDeliveries(chosen)).toEqual([]);
    await asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
    expect(await listDeliveries(chosen)).toHaveLength(1);
    await createRequest(database, viewer, await createIntegration(database));
    const production = await createIntegration(database, {
      partnerId: integration.partner.id,
      stage: "production",
    });
    await createRequest(database, await createViewer(database), production);
    expect(await listDeliveries()).toHaveLength(2);
  });

  test("no scope of the web writes one by itself", async () => {
    await expect(
      asOwner((tx) =>
        tx.insert(webhookEvents).values({
          partnerId: integration.partner.id,
          stage: "test",
          type: "request.settled",
          subjectId: endpointId,
          sequence: 9,
          data: {},
        }),
      ),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
  });
});

describe("sending", () => {
  test("is verified by the public library, under the event's id, and recorded", async () => {
    await createRequest(database, viewer, integration);
    expect(await send()).toBeNull();
    const delivery = only(await listDeliveries());
    expect(delivery).toMatchObject({ state: "delivered", failures: 0, nextAttemptAt: null });
    expect(only(receiver.received)).toMatchObject({
      id: delivery.eventId,
      body: { type: "request.submitted" },
    });
    const { attempts } = await asOwner((tx) => getWebhookDelivery(tx, integration.caller, delivery.id));
    expect(only(attempts)).toMatchObject({ status: 204, error: null, request: { url: receiver.url } });
  });

  test("goes on after an outage, under the same id", async () => {
    const { url } = receiver;
    const { secret } = receiver.state;
    await receiver.close();
    await createRequest(database, viewer, integration);
    const next = await send();
    expect(next?.getTime()).toBeGreaterThan(Date.now() + 3000);
    const [failed] = await listDeliveries();
    expect(failed).toMatchObject({ state: "pending", failures: 1 });
    expect((await readEndpoint()).failingSince).toBeInstanceOf(Date);

    receiver = await startWebhookReceiver();
    receiver.state.secret = secret;
    await orm().update(webhookEndpoints).set({ url: receiver.url }).where(eq(webhookEndpoints.url, url));
    await passDelay();
    await send();
    expect(only(receiver.received).id).toBe(failed?.eventId);
    expect(await readEndpoint()).toMatchObject({ failingSince: null, failingId: null });
    expect(
      await orm()
        .select()
        .from(webhookAttempts)
        .where(eq(webhookAttempts.deliveryId, failed?.id ?? "")),
    ).toHaveLength(2);
  });

  test.each([302, 400, 500])("%i is a failure", async (status) => {
    receiver.answerWith(status, { location: "http://169.254.169.254/" });
    await createRequest(database, viewer, integration);
    await send();
    expect(only(await listDeliveries())).toMatchObject({ state: "pending", failures: 1 });
    expect(receiver.state.calls).toBe(1);
  });

  test("waits as long as the receiver asks for", async () => {
    receiver.answerWith(503, { "retry-after": "7200" });
    await createRequest(database, viewer, integration);
    const next = await send();
    expect(next?.getTime()).toBeGreaterThan(Date.now() + 2 * HOUR_MS - MINUTE_MS);
  });

  test("ends after the tenth attempt, and one can be sent again", async () => {
    receiver.answerWith(500);
    await createRequest(database, viewer, integration);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await passDelay();
      await send();
    }
    const delivery = only(await listDeliveries());
    expect(delivery).toMatchObject({ state: "failed", failures: 10, nextAttemptAt: null });
    receiver.answerWith(200);
    await asOwner((tx) => replayDelivery(tx, integration.caller, delivery.id));
    await send();
    expect(only(await listDeliveries()).state).toBe("delivered");
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  });

  test("is signed by both secrets for a day after a rotation, by the newest one then", async () => {
    const former = receiver.state.secret;
    const secret = await asOwner((tx) => rotateWebhookSecret(tx, integration.caller, endpointId));
    await expect(
      asOwner((tx) => rotateWebhookSecret(tx, integration.caller, endpointId)),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(Buffer.from(secret.replace("whsec_", ""), "base64")).toHaveLength(32);
    const test = () => asOwner((tx) => sendTestEvent(tx, integration.caller, endpointId));
    await test();
    await send();
    receiver.state.secret = secret;
    await test();
    await send();
    expect(receiver.received).toHaveLength(2);
    await orm()
      .update(webhookSecrets)
      .set({ expiresAt: new Date() })
      .where(and(eq(webhookSecrets.endpointId, endpointId), sql`expires_at is not null`));
    await test();
    await send();
    expect(receiver.received).toHaveLength(3);
    receiver.state.secret = former;
    await test();
    await send();
    expect(receiver.received).toHaveLength(3);
    expect(receiver.unverified).toHaveLength(1);
    expect(await asOwner((tx) => getWebhookEndpoint(tx, integration.caller, endpointId))).toMatchObject({
      previousSecretUntil: null,
    });
  });

  test("leaves nothing of a secret in the clear", async () => {
    const rows = await orm().select().from(webhookSecrets).where(eq(webhookSecrets.endpointId, endpointId));
    expect(JSON.stringify(rows)).not.toContain(receiver.state.secret.slice(6, 20));
    await expect(
      asOwner((tx) => tx.select({ sealed: webhookSecrets.sealed }).from(webhookSecrets)),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  test("by two processes at once sends each event once", async () => {
    const deliveries = 30;
    for (let index = 0; index < deliveries; index += 1)
      await asOwner((tx) => sendTestEvent(tx, integration.caller, endpointId));
    await Promise.all([send(), send(), send()]);
    expect(receiver.received).toHaveLength(deliveries);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(deliveries);
  });
});

describe("an endpoint that fails", () => {
  beforeEach(async () => {
    receiver.answerWith(500);
    await createRequest(database, viewer, integration);
    await send();
  });
  const fail = async (forMs: number) => {
    await failedFor(forMs);
    await passDelay();
    await send();
  };

  test("is told of after an hour and at half time, once each", async () => {
    expect(await listMails()).toEqual([]);
    await fail(HOUR_MS + MINUTE_MS);
    await fail(2 * HOUR_MS);
    const mail = only(await listMails());
    expect(mail).toMatchObject({
      kind: "webhook_failing",
      recipient: `${integration.slug.toLowerCase()}@partner.example`,
    });
    const composed = await composeMail(context, mail);
    expect(composed?.text).toContain(receiver.url);
    await failedFor(2.6 * DAY_MS);
    await asSystem(context, "test", (tx) => reviveWebhooks(tx, new Date()));
    expect((await listMails()).map(({ kind }) => kind).sort()).toEqual([
      "webhook_failing",
      "webhook_failing_half",
    ]);
  });

  test("is disabled after five days, holds its events, and goes on when it is active again", async () => {
    await fail(5 * DAY_MS + MINUTE_MS);
    expect(await readEndpoint()).toMatchObject({ state: "disabled", disabledBecause: "failing" });
    const mail = (await listMails()).find(({ kind }) => kind === "webhook_disabled");
    expect(mail && (await composeMail(context, mail))?.subject).toContain("disabled");
    const calls = receiver.state.calls;
    await createRequest(database, await createViewer(database), integration);
    await send();
    expect(receiver.state.calls).toBe(calls);
    expect((await listDeliveries()).map(({ state }) => state)).toEqual(["held", "held"]);

    const range = { states: ["held"] } as const;
    await expect(
      asOwner((tx) => replayRange(tx, integration.caller, endpointId, range)),
    ).rejects.toMatchObject({ code: "conflict" });
    receiver.answerWith(200);
    await asOwner((tx) =>
      updateWebhookEndpoint(tx, integration.caller, endpointId, { state: "active" }, context.outgoing),
    );
    expect(await asOwner((tx) => countReplay(tx, integration.caller, endpointId, range))).toBe(2);
    const tomorrow = { ...range, from: new Date(Date.now() + DAY_MS) };
    expect(await asOwner((tx) => countReplay(tx, integration.caller, endpointId, tomorrow))).toBe(0);
    expect(await asOwner((tx) => replayRange(tx, integration.caller, endpointId, range))).toBe(2);
    await send();
    expect((await listDeliveries()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
  });

  test("is disabled at once by 410", async () => {
    receiver.answerWith(410);
    await passDelay();
    await send();
    expect(await readEndpoint()).toMatchObject({ state: "disabled", disabledBecause: "gone" });
    expect((await listMails()).map(({ kind }) => kind)).toEqual(["webhook_disabled"]);
  });

  test("that is paused holds what was under way", async () => {
    const pause = { state: "paused" } as const;
    await asOwner((tx) => updateWebhookEndpoint(tx, integration.caller, endpointId, pause, context.outgoing));
    expect(only(await listDeliveries()).state).toBe("held");
    expect(await send()).toBeNull();
  });

  test("whose run was lost is found by the sweep", async () => {
    const later = new Date(Date.now() + 10 * MINUTE_MS);
    const before = (await readEvents(database, endpointId)).length;
    expect(await asSystem(context, "test", (tx) => reviveWebhooks(tx, later))).toBeGreaterThan(0);
    expect((await readEvents(database, endpointId)).length).toBe(before + 1);
  });
});

test("an address that is never called is refused when it is entered", async () => {
  for (const url of ["https://10.0.0.1/", "http://partner.example/", "https://a:b@partner.example/"]) {
    const endpoint = { url, description: "", eventTypes: [] };
    await expect(
      asOwner((tx) => createWebhookEndpoint(tx, integration.caller, endpoint, { allowLoopback: false })),
    ).rejects.toMatchObject({ code: "invalid_input" });
  }
});

test("another partner's endpoint does not exist", async () => {
  const other = await createIntegration(database);
  await expect(
    asPartner(database, other.caller, (tx) => deleteWebhookEndpoint(tx, other.caller, endpointId)),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("after 30 days events go, and the numbers go on", async () => {
  const { requestId } = await createRequest(database, viewer, integration);
  await asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
  await orm()
    .update(webhookEvents)
    .set({ createdAt: new Date(Date.now() - 31 * DAY_MS) });
  await asSystem(context, "test", (tx) => purgeWebhooks(tx, new Date()));
  const left = await orm().select().from(webhookEvents).where(eq(webhookEvents.subjectId, requestId));
  expect(left.map(({ sequence }) => sequence)).toEqual([2]);
});
