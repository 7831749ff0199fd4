import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { and, eq } from "drizzle-orm";
import jsQR from "jsqr";
import { parseList } from "structured-headers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiKeys, idempotencyKeys, rateLimits, webhookEndpoints } from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { openPartnerPage } from "@/lib/activation/request/open-partner-page";
import { sha256 } from "@/lib/core/hash";
import { OPERATIONS } from "@/lib/partner/api/operations";
import type { Operation } from "@/lib/partner/api/operations/operation";
import { FORMER_SCOPES } from "@/lib/partner/organization/roles";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { addCompany, connectCompanies } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { PROCOUNTOR_SECRETS } from "@/testing/procountor-sandbox";
import { GET as getDocument } from "./openapi.json/route";

type Schema = Record<string, unknown>;
type Described = { responses: Record<string, { content?: Record<string, { schema: Schema }> }> };
type Document = { paths: Record<string, Record<string, Described>>; components: { schemas: Schema } };
const FOLDER = fileURLToPath(new URL("./", import.meta.url));
const document: Document = JSON.parse(readFileSync(`${FOLDER}../../../docs/api/openapi.json`, "utf8"));

let world: VendorWorld;
let stopWeb: () => Promise<void>;
beforeAll(async () => {
  world = await createVendorWorld();
  stopWeb = startWebProcess(world.database);
  await ensureIntakeKey(world.context);
});
afterAll(async () => {
  await stopWeb();
  await world.close();
});

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: "document", components: document.components });

const exercised = new Set<string>();
type Call = { id?: string; query?: string; body?: unknown; key?: string; headers?: Record<string, string> };
type Handler = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>;

const operationOf = (operationId: string): Operation =>
  only(OPERATIONS.filter(({ id }) => id === operationId));

/** Calls the route handler of an operation and holds what it answers against the committed description. */
async function call(operationId: string, { id, query = "", body, key, headers }: Call = {}) {
  const one = operationOf(operationId);
  const route: Record<string, Handler> = await import(
    /* @vite-ignore */ `${FOLDER}${one.path.slice(1).replace("{id}", "[id]")}/route.ts`
  );
  const method = one.method.toUpperCase();
  const url = `https://portal.example/api/v1${one.path.replace("{id}", id ?? "")}${query}`;
  const request = new Request(url, {
    method,
    headers: { authorization: `Bearer ${key ?? world.integration.apiKey}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await route[method]?.(request, {
    params: Promise.resolve<Record<string, string>>(id === undefined ? {} : { id }),
  });
  if (!response) throw new Error(`${operationId} has no handler`);
  const described = document.paths[`/api/v1${one.path}`]?.[one.method]?.responses[response.status];
  if (!described) throw new Error(`${operationId} ${response.status} is not described`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const isJson = type.endsWith("json");
  const answer = isJson ? JSON.parse(bytes.toString()) : undefined;
  if (described.content) {
    const schema = described.content[type]?.schema;
    if (!schema) throw new Error(`${operationId} ${response.status} ${type} is not described`);
    const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
    if (isJson && !ajv.validate(pointed, answer)) throw new Error(`${operationId}: ${ajv.errorsText()}`);
  } else expect(bytes).toHaveLength(0);
  if (response.ok) exercised.add(operationId);
  return { status: response.status, headers: response.headers, bytes, answer };
}

/** A key of the world's partner with these scopes. */
async function makeKey(values: Partial<typeof apiKeys.$inferInsert>): Promise<string> {
  const key = `kt_${crypto.randomUUID()}`;
  const { partnerId, stage } = world.integration.caller;
  await world.database.admin.orm
    .insert(apiKeys)
    .values({ partnerId, stage, name: "Made", prefix: "kt_made", keyHash: sha256(key), ...values });
  return key;
}
const UNKNOWN = "01a1ff8c-5299-72ac-a454-4cf242a5d67f";

describe("every call answers as it is described", () => {
  test("requests, connections, environments, specifications", async () => {
    const viewer = await createViewer(world.database);
    const partnerId = world.integration.partner.id;
    const content = { partnerSteps: PAGE_STEPS };
    const waiting = await createIntegration(world.database, { partnerId, content });
    const { requestId } = await createRequest(world.database, viewer, waiting);
    const listed = await call("listActivationRequests", { query: "?limit=1" });
    expect(listed.answer.activationRequests).toMatchObject([{ id: requestId, customerRef: null }]);
    const { answer } = await call("getActivationRequest", { id: requestId });
    const [{ environmentId }] = answer.activationRequest.environments;
    const decision = { approve: [environmentId], reject: [] };
    expect((await call("decideActivationRequest", { id: requestId, body: decision })).status).toBe(200);
    const other = await createViewer(world.database);
    const page = await createRequest(world.database, other, waiting);
    const opened = await asCustomer(world.database, other, (tx) =>
      openPartnerPage(tx, other, page.requestId),
    );
    const code = opened.searchParams.get("code");
    expect((await call("redeemHandoff", { body: { code } })).answer.activationRequest.id).toBe(
      page.requestId,
    );
    expect((await call("redeemHandoff", { body: { code: "unknown" } })).status).toBe(404);

    const environments = await call("listEnvironments", { query: "?limit=100" });
    expect(environments.answer.environments.map(({ id }: { id: string }) => id)).toContain(environmentId);
    const environment = await call("getEnvironment", { id: environmentId });
    expect(environment.answer.environment.activations).toMatchObject([{ activationRequestId: requestId }]);
    const versions = await call("listSpecifications", { query: `?integration=${world.integration.slug}` });
    const [{ id }] = versions.answer.specifications;
    expect((await call("getSpecification", { id })).answer.specification.version).toBe(1);
  });

  test("vendor applications, without any secret", async () => {
    const { vendorApplicationId, slug } = world.integration;
    const listed = await call("listVendorApplications", { query: "?limit=1" });
    expect(listed.answer.vendorApplications).toHaveLength(1);
    const { answer, bytes } = await call("getVendorApplication", { id: vendorApplicationId });
    expect(answer.vendorApplication).toMatchObject({
      id: vendorApplicationId,
      connector: "procountor",
      stage: "test",
    });
    expect(answer.vendorApplication.integrations).toContain(slug);
    expect(answer.vendorApplication.settings).not.toHaveProperty("apiBaseUrl");
    for (const secret of Object.values(PROCOUNTOR_SECRETS)) expect(bytes.toString()).not.toContain(secret);
    expect(answer.vendorApplication.secrets).not.toHaveLength(0);
    expect((await call("getVendorApplication", { id: UNKNOWN })).status).toBe(404);
    const stranger = await createIntegration(world.database);
    expect(
      (await call("getVendorApplication", { id: vendorApplicationId, key: stranger.apiKey })).status,
    ).toBe(404);
    const production = await makeKey({ stage: "production", scopes: ["applications.read"] });
    expect((await call("getVendorApplication", { id: vendorApplicationId, key: production })).status).toBe(
      404,
    );
    const former = await makeKey({ scopes: [...FORMER_SCOPES] });
    expect((await call("listVendorApplications", { key: former })).status).toBe(403);
  });

  test("links, sessions and return addresses", async () => {
    const integration = world.integration.slug;
    const made = await call("createLink", {
      body: { integration, name: "Spring", campaign: "spring", language: "fi", maxUses: 5 },
    });
    expect(made).toMatchObject({ status: 201, answer: { link: { uses: 0, reserved: 0, maxUses: 5 } } });
    const { id, url } = made.answer.link;
    const changed = await call("updateLink", { id, body: { maxUses: null, name: "Autumn" } });
    expect(changed.answer.link).toMatchObject({ maxUses: null, name: "Autumn", campaign: "spring" });
    expect((await call("listLinks")).answer.links[0].id).toBe(id);
    expect((await call("getLink", { id })).answer.link.url).toBe(url);

    const svg = await call("getLinkQr", { id });
    expect(svg.bytes.toString()).toMatch(/^<svg .*fill="#fff"/);
    const png = await call("getLinkQr", { id, query: "?format=png" });
    expect(readQr(png.bytes)).toBe(url);
    const button = await call("getLinkButton", { id, query: `?label=${encodeURIComponent("<Connect>")}` });
    expect(button.bytes.toString()).toContain(`href="${url}"`);
    expect(button.bytes.toString()).not.toContain("<Connect>");
    expect((await call("withdrawLink", { id })).answer.link.withdrawnAt).not.toBeNull();

    const session = { integration, customerRef: "crm-17", returnUrl: "https://shop.example/kytkin/done" };
    expect((await call("createLinkSession", { body: session })).status).toBe(400);
    const address = await call("addReturnAddress", { body: { address: "https://shop.example/kytkin" } });
    expect((await call("createLinkSession", { body: session })).answer.linkSession).toMatchObject({
      customerRef: "crm-17",
    });
    for (const returnUrl of ["https://shop.example/kytkin-other", "https://shop.example.evil/kytkin"])
      expect((await call("createLinkSession", { body: { ...session, returnUrl } })).status).toBe(400);
    expect((await call("listReturnAddresses")).answer.returnAddresses).toHaveLength(1);
    const removed = await call("removeReturnAddress", { id: address.answer.returnAddress.id });
    expect(removed.status).toBe(204);
    for (const bad of ["http://shop.example/", "https://a:b@shop.example/", "shop.example"])
      expect((await call("addReturnAddress", { body: { address: bad } })).status).toBe(400);
  });

  test("events and webhooks", async () => {
    const { answer } = await call("createWebhookEndpoint", {
      body: { url: "https://shop.example/hooks", eventTypes: ["request.settled"] },
    });
    expect(answer.secret).toMatch(/^whsec_/);
    const { id } = answer.webhookEndpoint;
    expect((await call("listWebhookEndpoints")).answer.webhookEndpoints[0].id).toBe(id);
    await call("getWebhookEndpoint", { id });
    const rotated = await call("rotateWebhookSecret", { id, body: {} });
    expect(rotated.answer.webhookEndpoint.previousSecretUntil).not.toBeNull();
    expect((await call("rotateWebhookSecret", { id })).status).toBe(409);
    expect((await call("endFormerWebhookSecret", { id })).answer.webhookEndpoint).toMatchObject({
      previousSecretUntil: null,
    });
    const tested = await call("testWebhookEndpoint", { id });
    expect(tested.answer.delivery).toMatchObject({ state: "pending", event: { type: "endpoint.test" } });
    const deliveryId = tested.answer.delivery.id;
    expect((await call("replayWebhookDelivery", { id: deliveryId })).status).toBe(409);
    await call("updateWebhookEndpoint", { id, body: { state: "paused" } });
    expect((await call("replayWebhookDeliveries", { id, body: { states: ["held"] } })).answer).toEqual({
      count: 1,
      isReplayed: false,
    });
    await call("updateWebhookEndpoint", { id, body: { state: "active" } });
    expect((await call("replayWebhookDelivery", { id: deliveryId })).answer.delivery.state).toBe("pending");
    expect((await call("getWebhookDelivery", { id: deliveryId })).answer.delivery.attempts).toEqual([]);
    expect((await call("listWebhookDeliveries", { id })).answer.deliveries).toHaveLength(1);
    const first = await call("listEvents", { query: "?limit=1" });
    expect((await call("getEvent", { id: first.answer.events[0].id })).status).toBe(200);
    const second = await call("listEvents", { query: `?limit=1&cursor=${first.answer.nextCursor}` });
    expect(second.answer.events[0].id).not.toBe(first.answer.events[0].id);
    expect((await call("createWebhookEndpoint", { body: { url: "https://10.0.0.1/" } })).status).toBe(400);
    expect((await call("deleteWebhookEndpoint", { id })).status).toBe(204);
    expect((await call("getWebhookEndpoint", { id })).status).toBe(404);
  });

  test("keys: a successor beside the former one, no third, and none that may do more", async () => {
    const name = "Rotated";
    await makeKey({ name, scopes: ["links.read"] });
    const keys = async () =>
      (await call("listApiKeys")).answer.apiKeys.filter((one: { name: string }) => one.name === name);
    const [former] = await keys();
    const made = await call("rotateApiKey", { id: former.id, body: {} });
    expect(made).toMatchObject({ status: 201, answer: { apiKey: { name, scopes: ["links.read"] } } });
    expect((await call("listLinks", { key: made.answer.key })).status).toBe(200);
    expect((await call("rotateApiKey", { id: former.id, body: {} })).status).toBe(409);
    expect((await call("revokeApiKey", { id: former.id })).status).toBe(204);
    const narrow = await makeKey({ scopes: ["api_keys.manage"] });
    expect((await call("rotateApiKey", { id: made.answer.apiKey.id, body: {}, key: narrow })).status).toBe(
      403,
    );
  });

  test("connections, and their end", async () => {
    const { connectionIds } = await connectCompanies(world, [await addCompany(world)]);
    const id = only(connectionIds);
    expect((await call("listConnections", { query: "?limit=1" })).answer.connections).toMatchObject([{ id }]);
    expect((await call("getConnection", { id })).answer.connection.id).toBe(id);
    const ended = await call("deactivateConnection", { id, body: { reason: "Over." } });
    expect(ended.answer.connection).toMatchObject({
      state: "offboarding",
      offboarding: { askedBy: "partner" },
    });
  });

  test("the end of all connections of a customer, when as many are meant as there are", async () => {
    const { connectionIds } = await connectCompanies(world, [
      await addCompany(world),
      await addCompany(world),
    ]);
    const id = connectionIds[0] ?? "";
    const end = (expected: number) => call("deactivateCustomer", { id, body: { reason: "Over.", expected } });
    expect((await end(1)).status).toBe(409);
    const ended = await end(2);
    expect(ended.status).toBe(200);
    expect(ended.answer.connectionIds.toSorted()).toEqual(connectionIds.toSorted());
    expect((await end(2)).status).toBe(409);
    expect(
      (await call("deactivateCustomer", { id: UNKNOWN, body: { reason: "Over.", expected: 1 } })).status,
    ).toBe(404);
  });
});

/** What a camera would read of the PNG: one grey channel, no interlacing. */
function readQr(png: Buffer): string | undefined {
  const width = png.readUInt32BE(16);
  const start = png.indexOf("IDAT") + 4;
  const { inflateSync } = process.getBuiltinModule("node:zlib");
  const lines = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels.fill(lines[y * (width + 1) + 1 + x] ?? 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return jsQR(pixels, width, width)?.data;
}

describe("every call refuses", () => {
  const withBody = OPERATIONS.filter(({ body }) => body !== undefined && "shape" in body);
  const idOf = (one: Operation) => (one.path.includes("{id}") ? { id: UNKNOWN } : {});

  test.each(OPERATIONS.map((one) => [one.id, one] as const))(
    "%s: a wrong, revoked or ended key",
    async (id, one) => {
      const revoked = await makeKey({ revokedAt: new Date() });
      const ended = await makeKey({ expiresAt: new Date(Date.now() - 1000) });
      for (const key of ["nobody-has-this-key", revoked, ended]) {
        const refused = await call(id, { ...idOf(one), key });
        expect(refused).toMatchObject({ status: 401, answer: { code: "unauthenticated", status: 401 } });
        expect(refused.headers.get("ratelimit")).toBeNull();
      }
    },
  );

  test.each(OPERATIONS.map((one) => [one.id, one] as const))(
    "%s: a key without its scope",
    async (id, one) => {
      const key = await makeKey({ scopes: [] });
      expect(await call(id, { ...idOf(one), key })).toMatchObject({
        status: 403,
        answer: { code: "forbidden" },
      });
    },
  );

  test.each(OPERATIONS.filter(({ path }) => path.includes("{id}")).map((one) => [one.id]))(
    "%s: what is another partner's or no id",
    async (id) => {
      const other = await createIntegration(world.database);
      for (const wanted of [UNKNOWN, "x"])
        expect(await call(id, { id: wanted, key: other.apiKey, body: bodyOf(id) })).toMatchObject({
          status: 404,
          answer: { code: "not_found" },
        });
    },
  );
  const bodyOf = (id: string) => (operationOf(id).method === "get" ? undefined : {});

  test.each(withBody.filter(({ path }) => !path.includes("{id}")).map((one) => [one.id]))(
    "%s: no JSON, wrong types, unknown fields",
    async (id) => {
      for (const body of ["{", "[]", { unheard: 1 }, '"text"'])
        expect(await call(id, { body })).toMatchObject({ status: 400, answer: { code: "invalid_input" } });
    },
  );

  test.each(OPERATIONS.filter(({ method }) => method !== "get").map((one) => [one.id, one] as const))(
    "%s: a body that is too large",
    async (id, one) => {
      const body = JSON.stringify({ name: "x".repeat(70_000) });
      expect(await call(id, { ...idOf(one), body })).toMatchObject({ status: 413 });
    },
  );

  test.each(OPERATIONS.filter(({ query }) => query !== undefined).map((one) => [one.id, one] as const))(
    "%s: a question that it does not know",
    async (id, one) => {
      expect((await call(id, { ...idOf(one), query: "?unheard=1" })).status).toBe(400);
    },
  );
});

describe("Idempotency-Key", () => {
  const body = () => ({ url: "https://shop.example/hooks" });
  const once = (key: string, given: unknown = body(), by?: string) =>
    call("createWebhookEndpoint", {
      body: given,
      headers: { "idempotency-key": key },
      ...(by ? { key: by } : {}),
    });
  const countEndpoints = async () => (await world.database.admin.orm.select().from(webhookEndpoints)).length;

  test("answers a repetition as the first call, without doing it again and without its secret", async () => {
    const first = await once('"one"');
    const count = await countEndpoints();
    const again = await once("one");
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again).toMatchObject({ status: 201, answer: { ...first.answer, secret: null } });
    expect(await countEndpoints()).toBe(count);
    const rows = await world.database.admin.orm.select().from(idempotencyKeys);
    expect(JSON.stringify(rows)).not.toContain(first.answer.secret);
    expect(await once("one", { ...body(), description: "other" })).toMatchObject({
      status: 422,
      answer: { code: "idempotency_mismatch" },
    });
  });

  test("is the caller's own, and of one path", async () => {
    await once("shared");
    const other = await createIntegration(world.database);
    expect((await once("shared", body(), other.apiKey)).headers.get("idempotent-replayed")).toBeNull();
    const link = { integration: world.integration.slug, name: "Other path" };
    const elsewhere = await call("createLink", { body: link, headers: { "idempotency-key": "shared" } });
    expect(elsewhere.status).toBe(201);
  });

  test("lets one of twenty calls at once through, and the others wait or see its answer", async () => {
    const count = await countEndpoints();
    const calls = await Promise.all(Array.from({ length: 20 }, () => once("race")));
    expect(await countEndpoints()).toBe(count + 1);
    expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([201, 409]));
    for (const { status, answer, headers } of calls.filter((one) => one.status === 409)) {
      expect({ status, code: answer.code }).toEqual({ status: 409, code: "idempotency_conflict" });
      expect(headers.get("retry-after")).toBe("1");
    }
  });

  test("keeps nothing of a call that failed, and nothing longer than seven days", async () => {
    expect((await once("fails", { url: "https://10.0.0.1/" })).status).toBe(400);
    expect((await once("fails")).status).toBe(201);
    await world.database.admin.orm
      .update(idempotencyKeys)
      .set({ createdAt: new Date(Date.now() - 8 * 24 * 3600 * 1000) })
      .where(eq(idempotencyKeys.key, "fails"));
    const late = await once("fails");
    expect(late.headers.get("idempotent-replayed")).toBeNull();
    expect(late.answer.secret).toMatch(/^whsec_/);
    expect((await once("ä")).status).toBe(400);
  });
});

describe("the quota", () => {
  test("is told in structured fields, and a call beyond it says when to go on", async () => {
    const other = await createIntegration(world.database);
    const { headers } = await call("listLinks", { key: other.apiKey });
    const [policy] = parseList(headers.get("ratelimit-policy") ?? "");
    expect(policy?.[0]).toBe("default");
    expect(Object.fromEntries(policy?.[1] ?? [])).toEqual({ q: 600, w: 60 });
    const [left] = parseList(headers.get("ratelimit") ?? "");
    expect(left?.[1].get("r")).toBe(599);
    const { partnerId, stage } = other.caller;
    await world.database.admin.orm
      .update(rateLimits)
      .set({ count: 600 })
      .where(eq(rateLimits.key, sha256(`api.quota:${partnerId}:${stage}`)));
    const beyond = await call("listLinks", { key: other.apiKey });
    expect(beyond).toMatchObject({
      status: 429,
      answer: {
        type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "violated-policies": ["default"],
      },
    });
    expect(Number(beyond.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call("listLinks")).status).toBe(200);
  });
});

test("a key from before there were scopes does what it did, and no more", async () => {
  const key = await makeKey({});
  const [row] = await world.database.admin.orm
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.keyHash, sha256(key))));
  expect(row?.scopes).toEqual(FORMER_SCOPES);
  for (const id of ["listConnections", "listActivationRequests"])
    expect((await call(id, { key })).status).toBe(200);
  for (const id of ["listLinks", "listEvents", "listApiKeys", "listSpecifications"])
    expect((await call(id, { key })).status).toBe(403);
  const [used] = await world.database.admin.orm
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, sha256(key)));
  expect(used?.lastUsedAt).toBeInstanceOf(Date);
});

test("an error of the first six calls keeps the member that programs read", async () => {
  const { answer } = await call("getConnection", { id: UNKNOWN });
  expect(answer).toMatchObject({ code: "not_found", error: { code: "not_found", detail: "connection" } });
  expect((await call("getLink", { id: UNKNOWN })).answer.error).toBeUndefined();
});

test("the description is served as it is committed", async () => {
  expect(await getDocument().json()).toEqual(document);
});

test("every call but those that need a vendor was answered as described", () => {
  // They are exercised with a vendor in connections.test.ts and route.test.ts.
  const elsewhere = ["redeemHandoff", "getConnection", "deactivateConnection"];
  const missing = OPERATIONS.map(({ id }) => id).filter(
    (id) => !exercised.has(id) && !elsewhere.includes(id),
  );
  expect(missing).toEqual([]);
});
