import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  dataKeys,
  deliveries,
  holds,
  idempotencyKeys,
  outcomeEvents,
  outcomeFeeds,
  specifications,
} from "@/db/schema";
import { withScope } from "@/db/scope";
import { GATEWAY_ROUTES } from "@/lib/connection/gateway/routes";
import { type GatewayServer, serveGateway } from "@/lib/connection/gateway/serve-gateway";
import { sha256 } from "@/lib/core/hash";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { makeGatewayContext, makeKey } from "@/testing/fixtures/gateway-world";
import { createIntegration } from "@/testing/fixtures/integration";
import { addCompany, deactivate } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createVendorWorld, HELD_BY_TECHNICAL_USER, type VendorWorld } from "@/testing/fixtures/vendor-world";

let world: VendorWorld;
let gateway: GatewayServer;
let apiKey: string;
let own: Awaited<ReturnType<typeof connectForDeliveries>>;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: HELD_BY_TECHNICAL_USER });
  await orm().update(specifications).set({ content: sql`content || '{"access": ["deliveries"]}'::jsonb` });
  gateway = await serveGateway(makeGatewayContext(world.database, world.context), {
    port: 0,
    host: "127.0.0.1",
    publicUrl: "https://portal.example",
    routes: GATEWAY_ROUTES,
    answerOther: async () => null,
  });
  apiKey = await makeKey(world.database, world.integration.partner.id, { scopes: ["records"] });
});
afterAll(async () => {
  await gateway.stop();
  await world.close();
});
beforeEach(async () => {
  own = await connectForDeliveries(world, await addCompany(world));
});

type Init = {
  key?: string;
  method?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};
async function call(path: string, { key = apiKey, headers, ...init }: Init = {}) {
  const response = await fetch(
    `http://127.0.0.1:${gateway.port}/gateway/v1/connections/${own.connectionId}${path}`,
    { ...init, headers: { authorization: `Bearer ${key}`, ...headers } },
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}
const JSON_TYPE = { "content-type": "application/json" };
const LINES = { "content-type": "application/x-ndjson" };
const deliver = (records: readonly unknown[], headers: Record<string, string> = {}) =>
  call("/records/sales-invoices", {
    method: "POST",
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify({ records }),
  });
const deliverLines = (lines: readonly string[]) =>
  call("/records/sales-invoices", { method: "POST", headers: LINES, body: lines.join("\n") });
const orm = () => world.database.admin.orm;

describe("rows that are delivered", () => {
  test("become invoices at the vendor, and the feed says so, with the sender's keys and the vendor's ids", async () => {
    const answer = await deliver([makeInvoiceRow("1001"), makeInvoiceRow("1002", { date: "30.11.2026" })]);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ rows: 2, queued: 1, rejected: 1 });
    expect(answer.headers.get("location")).toBe(
      `/gateway/v1/connections/${own.connectionId}/deliveries/${answer.body.deliveryId}`,
    );
    expect(answer.body.outcomes).toEqual([
      expect.objectContaining({
        position: 2,
        key: "1002",
        outcome: "rejected",
        problems: [
          {
            field: "date",
            cause: "field_invalid",
            detail: "A field has a value that does not fit",
            fix: "Correct the field: the page of its entity says which form it has.",
            vendorCode: null,
            vendorWords: null,
          },
        ],
      }),
    ]);
    await own.pump();
    expect(own.countAtVendor()).toEqual({ 1001: 1 });
    const { body } = await call("/outcomes");
    expect(body.outcomes).toEqual([
      expect.objectContaining({ number: 1, key: "1002", outcome: "rejected", vendorId: null }),
      expect.objectContaining({
        number: 2,
        deliveryId: answer.body.deliveryId,
        entity: "sales-invoices",
        key: "1001",
        position: 1,
        outcome: "written",
        problems: [],
      }),
    ]);
    expect(body.outcomes[1].vendorId).toMatch(/^\d+$/);
    expect(body.outcomes[1].vendorLabel).not.toBeNull();
    const [stored] = await own.listDeliveries();
    expect(stored).toMatchObject({ door: "api", state: "settled" });
    expect(stored?.sentBy).not.toBeNull();
  });

  test("of a stream keep the numbers of their lines, and a line that is none is rejected alone", async () => {
    const answer = await deliverLines([
      JSON.stringify(makeInvoiceRow("1")),
      "",
      '{"invoiceNumber": "2",',
      "7",
      JSON.stringify(makeInvoiceRow("3")),
    ]);
    expect(answer.body).toMatchObject({ rows: 4, queued: 2, rejected: 2 });
    expect(
      answer.body.outcomes.map((one: { position: number; problems: { cause: string }[] }) => [
        one.position,
        one.problems[0]?.cause,
      ]),
    ).toEqual([
      [3, "row_unreadable"],
      [4, "row_unreadable"],
    ]);
    await own.pump();
    expect(own.countAtVendor()).toEqual({ 1: 1, 3: 1 });
  });

  test("that were written already are unchanged at once", async () => {
    await deliver([makeInvoiceRow("1")]);
    await own.pump();
    const { body } = await deliver([makeInvoiceRow("1")]);
    expect(body).toMatchObject({ queued: 0, outcomes: [{ key: "1", outcome: "unchanged" }] });
  });

  test("are taken in while the connection is paused, and wait", async () => {
    const owner = await readOwner();
    await orm()
      .insert(holds)
      .values({
        ...owner,
        connectionId: own.connectionId,
        ...{
          kind: "pause",
          setBy: "customer",
          setByUser: own.viewer.userId,
          since: new Date(Date.now() - 1000),
        },
      });
    expect((await deliver([makeInvoiceRow("1")])).body).toMatchObject({ queued: 1 });
    await own.pump();
    expect(own.countAtVendor()).toEqual({});
  });

  test("many at once: ten thousand lines, and no more", async () => {
    const line = (number: number): string => JSON.stringify(makeInvoiceRow(String(number)));
    const lines = Array.from({ length: 10_000 }, (_, index) => line(index));
    const answer = await deliverLines(lines);
    expect(answer.body).toMatchObject({ rows: 10_000, queued: 10_000 });
    const refused = await deliverLines([...lines, line(10_000)]);
    expect([refused.status, refused.body.code, refused.body.most]).toEqual([413, "too_many_rows", 10_000]);
    expect(await own.listDeliveries()).toHaveLength(1);
    // So that no later test waits for them.
    await deactivate(world, own.viewer, [own.connectionId]);
  }, 60_000);
});

const readOwner = async () => {
  const [row] = await world.database.admin.sql<{ partnerId: string; accountId: string }[]>`
    select partner_id as "partnerId", account_id as "accountId" from connections where id = ${own.connectionId}`;
  return row ?? { partnerId: "", accountId: "" };
};

describe("a row that was made to break the door is rejected alone", () => {
  const good = () => makeInvoiceRow("good");
  test.each<[string, string, { cause: string; field: string | null }]>([
    [
      "with a field's name that no text column takes",
      '{"a\\u0000b":"1"}',
      { cause: "field_unknown", field: null },
    ],
    ["with half a character as a field's name", '{"\\ud800":"1"}', { cause: "field_unknown", field: null }],
    [
      "with a field's name of a megabyte",
      `{"${"x".repeat(1024 * 1024)}":"1"}`,
      { cause: "field_unknown", field: null },
    ],
    [
      "with a telephone number as a field's name",
      '{"+358401234567":"1"}',
      { cause: "field_unknown", field: null },
    ],
    ["with a field named __proto__", '{"__proto__":{"a":1}}', { cause: "field_unknown", field: "__proto__" }],
    [
      "nested deeper than a call stack",
      `{"number":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
      { cause: "row_unreadable", field: null },
    ],
    [
      "with two hundred thousand unknown fields",
      `{${Array.from({ length: 200_000 }, (_, index) => `"f${index}":1`).join(",")}}`,
      { cause: "field_unknown", field: "f0" },
    ],
  ])("%s", async (_, line, problem) => {
    const answer = await deliverLines([line, JSON.stringify(good())]);
    expect(answer).toMatchObject({ status: 202, body: { rows: 2, queued: 1, rejected: 1 } });
    const { outcomes } = answer.body;
    const causes = outcomes[0].problems.filter(({ cause }: { cause: string }) => cause === problem.cause);
    expect(causes[0]).toMatchObject(problem);
    expect(outcomes[0].problems.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(await own.listRows())).not.toContain("358401234567");
  });

  test("and a JSON body that is nested so deep is none", async () => {
    const body = `{"records":[${"[".repeat(200_000)}${"]".repeat(200_000)}]}`;
    expect(await call("/records/sales-invoices", { method: "POST", headers: JSON_TYPE, body })).toMatchObject(
      { status: 400, body: { code: "invalid_input" } },
    );
  });
});

test("deliveries of the same keys at once, each in another order, are all taken, and each key is written once", async () => {
  const keys = Array.from({ length: 30 }, (_, index) => `at-once-${index}`);
  const turned = (by: number) => [...keys.slice(by), ...keys.slice(0, by)];
  const answers = await Promise.all(
    [0, 7, 13, 21, 29].map((by) => deliver(turned(by).map((number) => makeInvoiceRow(number)))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
  await own.pump();
  expect(own.countAtVendor()).toEqual(Object.fromEntries(keys.map((key) => [key, 1])));
});

describe("what is no delivery is refused, and nothing of it is kept", () => {
  test.each<[string, () => ReturnType<typeof call>, number, string]>([
    [
      "another type",
      () =>
        call("/records/sales-invoices", {
          method: "POST",
          body: "a;b",
          headers: { "content-type": "text/csv" },
        }),
      415,
      "unsupported_media_type",
    ],
    [
      "no JSON",
      () => call("/records/sales-invoices", { method: "POST", body: "{", headers: JSON_TYPE }),
      400,
      "invalid_input",
    ],
    [
      "bytes that are no UTF-8",
      () =>
        call("/records/sales-invoices", { method: "POST", body: new Uint8Array([0xff]), headers: JSON_TYPE }),
      400,
      "invalid_input",
    ],
    [
      "another shape",
      () => call("/records/sales-invoices", { method: "POST", body: '{"rows":[]}', headers: JSON_TYPE }),
      400,
      "invalid_input",
    ],
    ["no rows", () => deliver([]), 400, "invalid_input"],
    ["empty lines alone", () => deliverLines(["", ""]), 400, "invalid_input"],
    [
      "501 rows",
      () => deliver(Array.from({ length: 501 }, (_, index) => makeInvoiceRow(String(index)))),
      413,
      "too_many_rows",
    ],
    [
      "a body of 9 MB",
      () =>
        call("/records/sales-invoices", {
          method: "POST",
          body: " ".repeat(9 * 1024 * 1024),
          headers: JSON_TYPE,
        }),
      413,
      "body_too_large",
    ],
    [
      "an entity that the vendor has not",
      () => call("/records/moons", { method: "POST", body: "{}", headers: JSON_TYPE }),
      404,
      "entity_unknown",
    ],
    [
      "a key of no characters",
      () => deliver([makeInvoiceRow("1")], { "idempotency-key": " " }),
      400,
      "invalid_input",
    ],
  ])("%s", async (_, send, status, code) => {
    const answer = await send();
    expect([answer.status, answer.body.code, answer.headers.get("content-type")]).toEqual([
      status,
      code,
      "application/problem+json",
    ]);
    expect(await own.listDeliveries()).toEqual([]);
  });

  test("a body that is cut before its end", async () => {
    const cut = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`${JSON.stringify(makeInvoiceRow("1"))}\n`));
        setTimeout(() => controller.error(new Error("cut")), 50);
      },
    });
    await expect(
      fetch(
        `http://127.0.0.1:${gateway.port}/gateway/v1/connections/${own.connectionId}/records/sales-invoices`,
        {
          method: "POST",
          headers: { authorization: `Bearer ${apiKey}`, ...LINES },
          body: cut,
          duplex: "half",
        } as RequestInit,
      ),
    ).rejects.toThrow();
    expect(await own.listDeliveries()).toEqual([]);
  });
});

describe("who may deliver", () => {
  test("a key of another partner finds no connection, and one without the scope is told so", async () => {
    const stranger = await makeStrangersKey();
    for (const path of ["/deliveries", "/outcomes", `/deliveries/${own.connectionId}`])
      expect((await call(path, { key: stranger })).body.code).toBe("connection_unknown");
    const unscoped = await makeKey(world.database, world.integration.partner.id, { scopes: ["gateway"] });
    expect(await call("/outcomes", { key: unscoped })).toMatchObject({
      status: 403,
      body: { code: "scope_missing" },
    });
    const revoked = await makeKey(world.database, world.integration.partner.id, {
      scopes: ["records"],
      revokedAt: new Date(),
    });
    expect((await call("/outcomes", { key: revoked })).status).toBe(401);
  });

  test("another connection's deliveries are none of this one's", async () => {
    const { body } = await deliver([makeInvoiceRow("1")]);
    own = await connectForDeliveries(world, await addCompany(world));
    expect(await call(`/deliveries/${body.deliveryId}`)).toMatchObject({
      status: 404,
      body: { code: "delivery_unknown" },
    });
    expect((await call("/deliveries/no-id")).body.code).toBe("delivery_unknown");
  });

  test("after the end it is gone, with the time of it, and so is what opened the rows", async () => {
    await deliver([makeInvoiceRow("1")]);
    await deactivate(world, own.viewer, [own.connectionId]);
    for (const answer of [
      await deliver([makeInvoiceRow("2")]),
      await call("/outcomes"),
      await call("/deliveries"),
    ])
      expect(answer).toMatchObject({
        status: 410,
        body: { code: "connection_ended", since: expect.stringMatching(/^\d{4}-/) },
      });
    expect(
      await orm().select().from(dataKeys).where(eq(dataKeys.ownerId, own.connectionId)),
    ).not.toContainEqual(expect.objectContaining({ ownerKind: "connection_data" }));
  });

  test("the gateway's login sees and adds to no more than the connection that its key may deliver to", async () => {
    await deliver([makeInvoiceRow("1")]);
    const { gateway: login } = world.database;
    const count = (scope: { keyHash?: string; connectionId?: string }) =>
      withScope(
        login,
        { kind: "gateway", ...scope },
        async (tx) => (await tx.select().from(deliveries)).length,
      );
    const [keyHash, connectionId] = [sha256(apiKey), own.connectionId];
    expect(await count({ keyHash, connectionId })).toBe(1);
    expect(await count({ keyHash: sha256("another"), connectionId })).toBe(0);
    expect(await count({ keyHash })).toBe(0);
    expect(await count({ connectionId })).toBe(0);
    const { id: partnerId } = world.integration.partner;
    const hour = 3_600_000;
    for (const narrower of [
      { scopes: ["gateway" as const] },
      { scopes: ["records" as const], revokedAt: new Date() },
      { scopes: ["records" as const], expiresAt: new Date(Date.now() - hour) },
      { scopes: ["records" as const], stage: "production" as const },
    ]) {
      const key = await makeKey(world.database, partnerId, narrower);
      expect(await count({ keyHash: sha256(key), connectionId }), JSON.stringify(narrower)).toBe(0);
    }
    expect(await count({ keyHash: sha256(await makeStrangersKey()), connectionId })).toBe(0);
  });
});

const makeStrangersKey = async (): Promise<string> => {
  const { partner } = await createIntegration(world.database);
  return makeKey(world.database, partner.id, { scopes: ["records"] });
};

describe("a key of idempotency", () => {
  test("gives the same answer again, without a second delivery; another body is refused", async () => {
    const rows = [makeInvoiceRow("canary-1"), makeInvoiceRow("canary-2", { date: "never" })];
    const key = { "idempotency-key": '"order canary 1"' };
    const first = await deliver(rows, key);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const second = await deliver(rows, key);
    expect(second.status).toBe(202);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await own.listDeliveries()).toHaveLength(1);
    const other = await deliver([makeInvoiceRow("3")], key);
    expect([other.status, other.body.code]).toEqual([422, "idempotency_mismatch"]);
    const [found] = await world.database.admin.sql`
      select count(*)::int as count from idempotency_keys k where k::text ilike '%canary%'`;
    expect(found).toEqual({ count: 0 });
  });

  test("used at once makes one delivery: the others are told to wait, or get its answer", async () => {
    const rows = Array.from({ length: 200 }, (_, index) => makeInvoiceRow(String(index)));
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => deliver(rows, { "idempotency-key": "same" })),
    );
    const codes = answers.map(({ status }) => status);
    expect(codes).toContain(202);
    expect(codes.every((status) => status === 202 || status === 409)).toBe(true);
    expect(await own.listDeliveries()).toHaveLength(1);
    await deactivate(world, own.viewer, [own.connectionId]);
  });

  test("is kept for this connection alone, and for seven days", async () => {
    const key = { "idempotency-key": "1" };
    const first = await deliver([makeInvoiceRow("1")], key);
    await orm()
      .update(idempotencyKeys)
      .set({ createdAt: new Date(Date.now() - 8 * 24 * 3_600_000) });
    const later = await deliver([makeInvoiceRow("1")], key);
    expect(later.body.deliveryId).not.toBe(first.body.deliveryId);
    own = await connectForDeliveries(world, await addCompany(world));
    expect((await deliver([makeInvoiceRow("9")], key)).status).toBe(202);
  });
});

describe("what was delivered", () => {
  test("is listed in pages, the newest first, each with its rows as they stand", async () => {
    const ids: string[] = [];
    for (const number of ["1", "2", "3"])
      ids.unshift((await deliver([makeInvoiceRow(number)])).body.deliveryId);
    const first = await call("/deliveries?limit=2");
    const rest = await call(`/deliveries?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.deliveries, ...rest.body.deliveries].map(({ id }) => id)).toEqual(ids);
    expect(rest.body.nextCursor).toBeNull();
    await deliver([makeInvoiceRow("4", { date: "x" }), makeInvoiceRow("5"), makeInvoiceRow("6")]);
    const [{ id } = { id: "" }] = (await call("/deliveries")).body.deliveries;
    const page = await call(`/deliveries/${id}?limit=2`);
    expect(page.body.delivery).toMatchObject({
      rows: 3,
      state: "queued",
      counts: { queued: 2, rejected: 1 },
    });
    expect(page.body.outcomes.map((one: { key: string; outcome: string }) => [one.key, one.outcome])).toEqual(
      [
        ["4", "rejected"],
        ["5", null],
      ],
    );
    const next = await call(`/deliveries/${id}?limit=2&cursor=${page.body.nextCursor}`);
    expect(next.body).toMatchObject({ outcomes: [{ key: "6" }], nextCursor: null });
    await own.pump();
    const written = await call(`/deliveries/${id}?outcome=written`);
    expect(written.body.outcomes.map(({ key }: { key: string }) => key)).toEqual(["5", "6"]);
    expect((await call(`/deliveries/${id}?outcome=lost`)).status).toBe(400);
  });

  test("the feed goes on where the cursor stands, and repeats nothing that was dealt with", async () => {
    expect((await call("/outcomes")).body).toEqual({ outcomes: [], nextCursor: null, hasMore: false });
    await deliver([makeInvoiceRow("1"), makeInvoiceRow("2"), makeInvoiceRow("3")]);
    await own.pump();
    const first = await call("/outcomes?limit=2");
    expect(first.body).toMatchObject({ hasMore: true, outcomes: [{ number: 1 }, { number: 2 }] });
    const second = await call(`/outcomes?cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ hasMore: false, outcomes: [{ number: 3, outcome: "written" }] });
    const empty = await call(`/outcomes?cursor=${second.body.nextCursor}`);
    expect(empty.body).toEqual({ outcomes: [], nextCursor: second.body.nextCursor, hasMore: false });
    await deliver([makeInvoiceRow("4", { date: "x" })]);
    const after = await call(`/outcomes?cursor=${empty.body.nextCursor}`);
    expect(after.body.outcomes).toMatchObject([{ number: 4, key: "4", outcome: "rejected" }]);
  });

  test("rows of a customer's file that have not changed are in the feed and in their delivery, with their keys", async () => {
    await deliver([makeInvoiceRow("1"), makeInvoiceRow("2"), makeInvoiceRow("3")]);
    await own.pump();
    const file = await own.sendFile([
      [makeInvoiceRow("1"), makeInvoiceRow("2", { date: "2026-11-29" }), makeInvoiceRow("3")],
      [makeInvoiceRow("4", { date: "x" }), makeInvoiceRow("1")],
    ]);
    await own.pump();
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 9; page += 1) {
      const { body } = await call(`/outcomes?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`);
      for (const { number, key, outcome } of body.outcomes) seen.push(`${number} ${key} ${outcome}`);
      cursor = body.nextCursor;
      if (!body.hasMore) break;
    }
    expect(seen.slice(3)).toEqual([
      "4 4 rejected",
      "5 1 superseded",
      "6 3 unchanged",
      "7 1 unchanged",
      "8 2 written",
    ]);
    const told: string[] = [];
    for (let position: number | null = 0; position !== null; ) {
      const { body } = await call(`/deliveries/${file.id}?limit=2&cursor=${position}`);
      for (const one of body.outcomes) told.push(`${one.position} ${one.key} ${one.outcome}`);
      position = body.nextCursor;
    }
    expect(told).toEqual(["1 1 superseded", "2 2 written", "3 3 unchanged", "4 4 rejected", "5 1 unchanged"]);
    const only = await call(`/deliveries/${file.id}?outcome=unchanged`);
    expect(only.body.outcomes.map(({ key }: { key: string }) => key)).toEqual(["3", "1"]);
    expect(only.body.delivery).toMatchObject({
      rows: 5,
      counts: { unchanged: 2, superseded: 1, rejected: 1, written: 1 },
    });
  });

  test("a cursor whose outcomes are no longer kept has ended, and one that is none is refused", async () => {
    await deliver([makeInvoiceRow("1"), makeInvoiceRow("2"), makeInvoiceRow("3")]);
    await own.pump();
    const { nextCursor } = (await call("/outcomes?limit=1")).body;
    await orm().delete(outcomeEvents).where(eq(outcomeEvents.number, 2));
    expect(await call(`/outcomes?cursor=${nextCursor}`)).toMatchObject({
      status: 410,
      body: { code: "cursor_ended" },
    });
    await orm()
      .update(outcomeFeeds)
      .set({ epoch: crypto.randomUUID() })
      .where(eq(outcomeFeeds.connectionId, own.connectionId));
    expect((await call(`/outcomes?cursor=${nextCursor}`)).body.code).toBe("cursor_ended");
    expect((await call("/outcomes?cursor=nonsense")).body.code).toBe("invalid_input");
    expect((await call("/outcomes?limit=9999")).status).toBe(400);
  });

  test("what the vendor said of a row is in its outcome", async () => {
    await deliver([makeInvoiceRow("1", { lines: [{ ...LINE, vatPercent: "13.37" }] })]);
    await own.pump();
    const { outcomes } = (await call("/outcomes")).body;
    expect(only(outcomes)).toMatchObject({ outcome: "rejected", problems: [{ cause: "vat_unknown" }] });
  });
});
