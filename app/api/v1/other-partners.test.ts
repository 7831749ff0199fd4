import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  activationLinks,
  activations,
  apiKeys,
  returnAddresses,
  webhookDeliveries,
  webhookEndpoints,
  webhookEvents,
} from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { sha256 } from "@/lib/core/hash";
import { OPERATIONS } from "@/lib/partner/api/operations";
import type { Operation } from "@/lib/partner/api/operations/operation";
import { API_KEY_SCOPES } from "@/lib/partner/organization/roles";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { addCompany, connectCompanies } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { startWebProcess } from "@/testing/fixtures/web-process";

/*
 * Every call of the API with ids of another partner that exist: by another partner's key, by a key of the same partner for the other
 * stage, and by keys that were revoked or have not the scope. A call that is not known here fails the test.
 */
const FOLDER = fileURLToPath(new URL("./", import.meta.url));
/** As an id that exists, in every way but that. */
const UNKNOWN = { id: "01a1ff8c-5299-72ac-a454-4cf242a5d67f", slug: "there-is-none" };

let world: VendorWorld;
let stopWeb: () => Promise<void>;
let stranger: TestIntegration;
/** What the victim's key names by `{id}`, by the beginning of the path. */
let ids: Record<string, string>;
let keys: { own: string; stranger: string; otherStage: string; revoked: string; scopeless: string };
beforeAll(async () => {
  world = await createVendorWorld();
  stopWeb = startWebProcess(world.database);
  await ensureIntakeKey(world.context);
  stranger = await createIntegration(world.database);
  const { integration } = world;
  keys = {
    own: await makeKey({ scopes: [...API_KEY_SCOPES] }),
    stranger: stranger.apiKey,
    otherStage: await makeKey({ scopes: [...API_KEY_SCOPES], stage: "production" }),
    revoked: await makeKey({ scopes: [...API_KEY_SCOPES], revokedAt: new Date() }),
    scopeless: await makeKey({ scopes: [] }),
  };
  const url = "https://receiver.example/hooks";
  const made = [
    await ask(operationOf("createWebhookEndpoint"), keys.own, { body: { url } }),
    await ask(operationOf("addReturnAddress"), keys.own, {
      body: { address: "https://partner.example/back" },
    }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
  const { connectionIds } = await connectCompanies(world, [await addCompany(world)]);
  const waiting = await createIntegration(world.database, {
    partnerId: integration.partner.id,
    content: { partnerSteps: PAGE_STEPS },
  });
  const { requestId } = await createRequest(world.database, await createViewer(world.database), waiting);
  const { orm } = world.database.admin;
  const ofPartner = <T extends { partnerId: string }>(rows: T[]): T => {
    const row = rows.find(({ partnerId }) => partnerId === integration.partner.id);
    if (!row) throw new Error("the victim has no such row");
    return row;
  };
  ids = {
    "activation-requests": requestId,
    connections: connectionIds[0] ?? "",
    environments: ofPartner(await orm.select().from(activations).where(eq(activations.requestId, requestId)))
      .environmentId,
    links: ofPartner(await orm.select().from(activationLinks)).id,
    "return-addresses": ofPartner(await orm.select().from(returnAddresses)).id,
    specifications: integration.specification.id,
    "vendor-applications": integration.vendorApplicationId,
    events: ofPartner(await orm.select().from(webhookEvents)).id,
    "webhook-endpoints": ofPartner(await orm.select().from(webhookEndpoints)).id,
    "webhook-deliveries": ofPartner(await orm.select().from(webhookDeliveries)).id,
    "api-keys": only(
      await orm
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.keyHash, sha256(keys.scopeless))),
    ).id,
  };
});
afterAll(async () => {
  await stopWeb();
  await world.close();
});

async function makeKey(values: Partial<typeof apiKeys.$inferInsert>): Promise<string> {
  const key = `kt_${crypto.randomUUID()}`;
  const { partnerId, stage } = world.integration.caller;
  await world.database.admin.orm
    .insert(apiKeys)
    .values({ partnerId, stage, name: "Made", prefix: "kt_made", keyHash: sha256(key), ...values });
  return key;
}

const operationOf = (id: string): Operation => only(OPERATIONS.filter((one) => one.id === id));
const resourceOf = ({ path }: Operation): string => path.split("/")[1] ?? "";
const hasId = ({ path }: Operation): boolean => path.includes("{id}");

/** Bodies that are right but for whose the named thing is. A call with a body that is missing here fails. */
const BODIES: Record<string, (named: typeof UNKNOWN) => unknown> = {
  decideActivationRequest: () => ({ approve: [], reject: [] }),
  deactivateConnection: () => ({ reason: "The agreement has ended." }),
  deactivateCustomer: () => ({ reason: "The agreement has ended.", expected: 1 }),
  createLink: ({ slug }) => ({ integration: slug, name: "Autumn" }),
  updateLink: () => ({ name: "Winter" }),
  withdrawLink: () => ({}),
  createLinkSession: ({ slug }) => ({ integration: slug, customerRef: "17" }),
  addReturnAddress: () => ({ address: "https://stranger.example/back" }),
  createWebhookEndpoint: () => ({ url: "https://stranger.example/hooks" }),
  updateWebhookEndpoint: () => ({ description: "Another" }),
  rotateWebhookSecret: () => ({}),
  endFormerWebhookSecret: () => ({}),
  testWebhookEndpoint: () => ({}),
  replayWebhookDeliveries: () => ({ states: ["failed"] }),
  replayWebhookDelivery: () => ({}),
  rotateApiKey: () => ({}),
  redeemHandoff: () => ({ code: "unknown" }),
};
/** They make something of the caller's own, or read the caller's own: nothing of anybody else can be named. */
const NAMES_NOTHING = ["addReturnAddress", "createWebhookEndpoint", "redeemHandoff"];

/** These belong to the partner, whatever the stage of the key. */
const OF_EVERY_STAGE = ["return-addresses", "api-keys", "webhook-endpoints", "webhook-deliveries", "events"];

type Handler = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function ask(
  operation: Operation,
  key: string,
  { id, query = "", body }: { id?: string; query?: string; body?: unknown } = {},
): Promise<{ status: number; text: string }> {
  const route: Record<string, Handler> = await import(
    /* @vite-ignore */ `${FOLDER}${operation.path.slice(1).replace("{id}", "[id]")}/route.ts`
  );
  const method = operation.method.toUpperCase();
  const response = await route[method]?.(
    new Request(`https://portal.example/api/v1${operation.path.replace("{id}", id ?? "")}${query}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve<Record<string, string>>(id === undefined ? {} : { id }) },
  );
  if (!response) throw new Error(`${operation.id} has no handler`);
  const text = await response.text();
  // Each refusal has an id of its own.
  return { status: response.status, text: text.replaceAll(/"(requestId|instance)":"[^"]*"/g, '"$1":""') };
}

/** The call with what the victim has, or with what nobody has. */
function askFor(operation: Operation, key: string, named: typeof UNKNOWN) {
  const makeBody = BODIES[operation.id];
  if (operation.body && !makeBody) throw new Error(`${operation.id} has no body in this test`);
  return ask(operation, key, {
    ...(hasId(operation) && { id: named.id }),
    ...(makeBody && { body: makeBody(named) }),
  });
}
const victims = (operation: Operation): typeof UNKNOWN => {
  const id = ids[resourceOf(operation)];
  if (hasId(operation) && !id) throw new Error(`the victim has nothing of ${operation.path}`);
  return { id: id ?? "", slug: world.integration.slug };
};

/** Everything that the victim has, by table. When a key was used last is noted for refused calls too. */
async function readVictim(): Promise<Map<string, string>> {
  const { sql } = world.database.admin;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'partner_id' and table_name not in ('api_keys', 'audit_log') order by 1`;
  const read = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await sql<{ digest: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest
      from ${sql(name)} t where partner_id = ${world.integration.partner.id}`;
    read.set(name, row?.digest ?? "");
  }
  return read;
}

const each = OPERATIONS.map((operation) => [operation.id, operation] as const);

describe("what a partner has", () => {
  test.each(each)("is nothing that another partner's key can %s", async (_, operation) => {
    const before = await readVictim();
    const answer = await askFor(operation, keys.stranger, victims(operation));
    if (hasId(operation) || (operation.body && !NAMES_NOTHING.includes(operation.id))) {
      const unknown = await askFor(operation, keys.stranger, UNKNOWN);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text.replaceAll(victims(operation).id, "").replaceAll(world.integration.slug, "")).toBe(
        unknown.text.replaceAll(UNKNOWN.id, "").replaceAll(UNKNOWN.slug, ""),
      );
      expect(answer.status).toBe(unknown.status);
    } else {
      for (const id of [...Object.values(ids), world.integration.slug]) expect(answer.text).not.toContain(id);
    }
    expect(await readVictim()).toEqual(before);
  });

  test.each(
    each.filter(([, operation]) => hasId(operation) && !OF_EVERY_STAGE.includes(resourceOf(operation))),
  )("is nothing of the other stage for a key that would %s", async (_, operation) => {
    const before = await readVictim();
    const answer = await askFor(operation, keys.otherStage, victims(operation));
    const unknown = await askFor(operation, keys.otherStage, UNKNOWN);
    expect(answer.status).toBe(unknown.status);
    expect(await readVictim()).toEqual(before);
  });

  test.each(each)("is closed to keys that are revoked or lack the scope: %s", async (_, operation) => {
    const before = await readVictim();
    expect((await askFor(operation, keys.revoked, victims(operation))).status).toBe(401);
    expect((await askFor(operation, keys.scopeless, victims(operation))).status).toBe(403);
    expect(await readVictim()).toEqual(before);
  });

  test.each(["listActivationRequests", "listConnections", "listSpecifications"])(
    "is in no list that is narrowed to it: %s",
    async (id) => {
      const operation = operationOf(id);
      const query = `?integration=${world.integration.slug}`;
      const answer = await ask(operation, keys.stranger, { query });
      expect(answer.status).toBe(200);
      for (const one of Object.values(ids)) expect(answer.text).not.toContain(one);
    },
  );

  test("is there for the partner's own key, each of it: what was tried above was no empty place", async () => {
    const last = ["delete", "withdrawLink", "deactivate", "revoke"];
    const isLast = ({ id, method }: Operation) =>
      method === "delete" || last.some((word) => id.startsWith(word));
    const ordered = OPERATIONS.filter(hasId).sort(
      (one, other) => Number(isLast(one)) - Number(isLast(other)),
    );
    const refused: Record<string, number> = {};
    for (const operation of ordered) {
      const { status } = await askFor(operation, keys.own, victims(operation));
      if ([401, 403, 404].includes(status) || status >= 500) refused[operation.id] = status;
    }
    expect(refused).toEqual({});
  });
});
