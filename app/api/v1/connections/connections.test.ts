import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activations, auditLog, connections } from "@/db/schema";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import type { Viewer } from "@/lib/people/account/schema";
import { acceptedWith } from "@/testing/fixtures/accepted-with";
import { createIntegration } from "@/testing/fixtures/integration";
import { addCompany, connectCompanies, deactivate, readEnd } from "@/testing/fixtures/offboarding";
import { readRequest } from "@/testing/fixtures/request";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { POST } from "./[id]/deactivate/route";
import { GET as GET_ONE } from "./[id]/route";
import { GET as GET_LIST } from "./route";

let world: VendorWorld;
let stopWeb: () => Promise<void>;
beforeAll(async () => {
  world = await createVendorWorld();
  stopWeb = startWebProcess(world.database);
});
afterAll(async () => {
  await stopWeb();
  await world.close();
});

let viewer: Viewer;
let id: string;
beforeEach(async () => {
  const connected = await connectCompanies(world, [await addCompany(world)]);
  viewer = connected.viewer;
  id = connected.connectionIds[0] ?? "";
});

const URL_BASE = "https://portal.example/api/v1/connections";
const contextOf = (of: string) => ({ params: Promise.resolve({ id: of }) });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
async function read(response: Response) {
  const body = await response.text();
  return { status: response.status, body, ...JSON.parse(body) };
}
const get = async (of = id, key = world.integration.apiKey) =>
  read(await GET_ONE(new Request(`${URL_BASE}/${of}`, { headers: bearer(key) }), contextOf(of)));
const list = async (query = "", key = world.integration.apiKey) =>
  read(await GET_LIST(new Request(`${URL_BASE}${query}`, { headers: bearer(key) })));
async function end(body: unknown, { of = id, key = world.integration.apiKey } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const init = { method: "POST", headers: bearer(key), body: text };
  return read(await POST(new Request(`${URL_BASE}/${of}/deactivate`, init), contextOf(of)));
}
const because = (reason: string) => ({ reason });

describe("reading", () => {
  test("one connection, with its company and without anybody's name or address", async () => {
    const { status, connection, body } = await get();
    expect(status).toBe(200);
    expect(connection).toMatchObject({ id, integration: { slug: "esimerkki-orders" }, offboarding: null });
    expect(body).not.toContain(viewer.email);
  });

  test("all of them, newest first, page by page, or those in one state", async () => {
    const more = await connectCompanies(world, [await addCompany(world), await addCompany(world)]);
    const first = await list("?limit=2");
    expect(first.connections.map((one: { id: string }) => one.id)).toEqual(
      more.connectionIds.toSorted().toReversed(),
    );
    const second = await list(`?limit=1&cursor=${first.nextCursor}`);
    expect(second.connections[0].id).toBe(id);
    await deactivate(world, viewer, [id]);
    const ended = await list("?state=offboarding");
    expect(ended.connections).toMatchObject([
      { id, state: "offboarding", offboarding: { askedBy: "customer" } },
    ]);
  });

  test.each(["?limit=0", "?limit=1000", "?cursor=x", "?state=alive", "?unknown=1"])(
    "%s is 400",
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 400, error: { code: "invalid_input" } });
    },
  );

  test("without a key is 401; another partner's, another stage's and what is no id are 404 or not in the list", async () => {
    const other = await createIntegration(world.database);
    const partnerId = world.integration.partner.id;
    const production = await createIntegration(world.database, { partnerId, stage: "production" });
    for (const key of [other.apiKey, production.apiKey]) {
      expect((await get(id, key)).status).toBe(404);
      expect((await list("", key)).connections).toEqual([]);
      expect((await end("no JSON", { key })).status).toBe(404);
    }
    expect((await get("x")).status).toBe(404);
    expect((await end("no JSON", { key: "nobody-has-this-key" })).status).toBe(401);
    expect((await list("", "nobody-has-this-key")).status).toBe(401);
  });
});

describe("deactivating", () => {
  test.each([
    ["no JSON", "{"],
    ["no reason", {}],
    ["an empty one", because("  ")],
    ["a long one", because("x".repeat(256))],
  ])("with %s is 400 and changes nothing", async (_, body) => {
    expect((await end(body)).status).toBe(400);
    expect((await get()).connection.offboarding).toBeNull();
  });

  test("stops it, says so and why, and leaves a trace of the key that asked", async () => {
    const { status, connection, body } = await end(because("The agreement has ended."));
    expect(status).toBe(200);
    expect(connection).toMatchObject({
      state: "offboarding",
      offboarding: { askedBy: "partner", reason: "The agreement has ended.", key: "pending" },
    });
    expect(body).not.toContain(viewer.email);
    const trace = await world.database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(trace).toMatchObject([
      { action: "connection.deactivate", actorKind: "api_key", actorId: world.integration.caller.keyId },
    ]);
  });

  test("twice is once: the record stays as the first one left it, whoever that was", async () => {
    await deactivate(world, viewer, [id], "Ours.");
    expect(await end(because("Theirs."))).toMatchObject({
      status: 200,
      connection: { offboarding: { askedBy: "customer", reason: "Ours." } },
    });
    expect((await readEnd(world, id)).steps).toEqual(["asked"]);
  });

  test("goes on by itself, and the record tells how far it is", async () => {
    await end(because("Over."));
    await workOnOffboarding(world.context, id);
    const { connection, body } = await get();
    expect(connection.offboarding).toMatchObject({
      key: "left_to_customer",
      lastProbe: { result: "alive" },
      steps: [{ kind: "asked" }, { kind: "calls_stopped" }, { kind: "key_left_to_customer" }],
    });
    for (const user of world.sandbox.getState().technicalUsers) expect(body).not.toContain(user.apiKey);
  });

  test("is 409 while it is being activated", async () => {
    const { requestId } = await submitToVendor(world, [await addCompany(world)]);
    const { activations: rows } = await readRequest(world.database, requestId);
    const [activation] = rows;
    if (!activation) throw new Error("no activation");
    const { admin } = world.database;
    await admin.orm.update(activations).set({ state: "activating" }).where(eq(activations.id, activation.id));
    const { partnerId, accountId, integrationId, environmentId } = activation;
    const [made] = await admin.orm
      .insert(connections)
      .values({
        activationId: activation.id,
        partnerId,
        accountId,
        integrationId,
        environmentId,
        specificationId: acceptedWith(activation.id),
        state: "needs_attention",
        attention: "verification_pending",
      })
      .returning({ id: connections.id });
    expect(await end(because("Now."), { of: made?.id })).toMatchObject({ status: 409 });
  });
});
