import http from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeys, connections, gatewayTokens, holds, offboardings, outboxMails, tasks } from "@/db/schema";
import { countOnItsWay } from "@/lib/connection/evidence/count-on-its-way";
import { beginOffboarding } from "@/lib/connection/offboarding/begin-offboarding";
import { tellKeyUses } from "@/lib/connection/offboarding/note-key-use";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { asSystem } from "@/lib/platform/worker-context";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
  makeKey,
  readCallLines,
} from "@/testing/fixtures/gateway-world";
import { only } from "@/testing/fixtures/only";
import { waitFor } from "@/testing/wait-for";

let world: GatewayWorld;
let software: ConnectedSoftware;
beforeAll(async () => {
  world = await createGatewayWorld();
  software = await connectSoftware(world);
});
afterAll(() => world.close());
beforeEach(() => {
  world.vendor.seen.length = 0;
  world.vendor.answerWith((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"id":1}');
  });
});

type Init = RequestInit & { of?: ConnectedSoftware; key?: string; at?: string };
const call = (path: string, { of = software, key = of.apiKey, at = world.url, ...init }: Init = {}) =>
  fetch(`${at}/gateway/v1/connections/${of.connectionId}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...init.headers },
  });
const codeOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { code: string }).code}`;
const setState = (values: Partial<typeof connections.$inferInsert>, { connectionId } = software) =>
  world.database.admin.orm.update(connections).set(values).where(eq(connections.id, connectionId));

describe("a call that is allowed", () => {
  test("reaches the vendor with our access, and its answer comes back as it is", async () => {
    world.vendor.answerWith((_request, response) => {
      response.writeHead(200, {
        "content-type": "application/json",
        etag: '"7"',
        "set-cookie": "session=1",
        server: "vendor",
        "x-internal": "1",
      });
      response.end('{"results":[]}');
    });
    const response = await call("/businesspartners?size=200&previousId=7", {
      headers: {
        accept: "application/json",
        name: "Esimerkki Oy",
        "x-forwarded-for": "1.2.3.4",
        te: "trailers",
      },
    });
    expect(await response.text()).toBe('{"results":[]}');
    expect(response.status).toBe(200);
    expect(response.headers.get("etag")).toBe('"7"');
    expect(response.headers.get("kytkin-answer")).toBe("vendor");
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(response.headers.get("x-internal")).toBeNull();
    const { url, headers } = only(world.vendor.seen);
    expect(url).toBe("/latest/api/businesspartners?size=200&previousId=7");
    expect(headers.authorization).toMatch(/^Bearer vendor-token-\d+$/);
    expect(headers.name).toBe("Esimerkki Oy");
    expect(headers["x-forwarded-for"]).toBeUndefined();
    expect(headers.te).toBeUndefined();
  });

  test("writes with its body, and is logged before it leaves, by the template and without what it says", async () => {
    const of = await connectSoftware(world);
    let linesAtVendor = 0;
    world.vendor.answerWith(async (_request, response) => {
      linesAtVendor = (await readCallLines(world.database, of.connectionId)).length;
      response.statusCode = 201;
      response.end('{"id":42}');
    });
    const body = JSON.stringify({ name: "A secret name" });
    const response = await call("/businesspartners/42", {
      of,
      method: "PUT",
      body,
      headers: { "content-type": "application/json", identifier: "1234567-8" },
    });
    expect(response.status).toBe(201);
    expect(only(world.vendor.seen).body).toBe(body);
    expect(linesAtVendor).toBe(1);
    await waitFor(async () =>
      expect(await readCallLines(world.database, of.connectionId)).toMatchObject([
        {
          method: "PUT",
          pathTemplate: "/businesspartners/{id}",
          rightUsed: "sales.customerRegister",
          outcome: "answered",
          status: 201,
          sentBytes: body.length,
          receivedBytes: 9,
        },
      ]),
    );
    const lines = JSON.stringify(await readCallLines(world.database, of.connectionId));
    for (const word of ["secret name", "1234567-8", "/42"]) expect(lines).not.toContain(word);
  });

  test("streams: the caller has the first piece before the vendor sends the last", async () => {
    let finish: () => void = () => {};
    world.vendor.answerWith((_request, response) => {
      response.write("first ");
      finish = () => void response.end("last");
    });
    const reader = (await call("/company")).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first ");
    finish();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("last");
  });

  test("an error of the vendor's comes back in the vendor's words", async () => {
    world.vendor.answerWith((_request, response) => {
      response.statusCode = 400;
      response.end('{"errors":[{"message":"CLOSED_FISCAL_PERIOD"}]}');
    });
    const response = await call("/businesspartners", { method: "POST", body: "{}" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("CLOSED_FISCAL_PERIOD");
  });

  test("one token serves many calls, also at once", async () => {
    const of = await connectSoftware(world);
    const before = world.vendor.tokensIssued();
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await call("/company", { of })).status),
    );
    expect(statuses).toEqual(Array(8).fill(200));
    expect(world.vendor.tokensIssued()).toBe(before + 1);
  });

  test("an address below the vendor's base is rewritten to ours, and any other is dropped", async () => {
    world.vendor.answerWith((_request, response) => {
      response.writeHead(201, { location: "/latest/api/businesspartners/42" }).end();
    });
    const made = await call("/businesspartners", { method: "POST", body: "{}" });
    expect(made.headers.get("location")).toBe(
      `/gateway/v1/connections/${software.connectionId}/businesspartners/42`,
    );
    world.vendor.answerWith((_request, response) => {
      response.writeHead(201, { location: "https://elsewhere.example/x" }).end();
    });
    expect(
      (await call("/businesspartners", { method: "POST", body: "{}" })).headers.get("location"),
    ).toBeNull();
  });
});

describe("a call is refused, and nothing leaves,", () => {
  test.each<[string, () => Promise<Response>, string]>([
    ["without a key", () => call("/company", { headers: { authorization: "" } }), "401 key_unknown"],
    ["with an unknown key", () => call("/company", { key: "k".repeat(40) }), "401 key_unknown"],
    [
      "with a revoked key",
      async () =>
        call("/company", {
          key: await makeKey(world.database, software.integration.partner.id, { revokedAt: new Date() }),
        }),
      "401 key_unknown",
    ],
    [
      "with a key that has ended",
      async () =>
        call("/company", {
          key: await makeKey(world.database, software.integration.partner.id, { expiresAt: new Date(0) }),
        }),
      "401 key_unknown",
    ],
    [
      "with a key from before there was a gateway",
      async () =>
        call("/company", {
          key: await makeKey(world.database, software.integration.partner.id, {
            scopes: ["requests.read", "connections.read"],
          }),
        }),
      "403 scope_missing",
    ],
    [
      "with a key of the other stage",
      async () =>
        call("/company", {
          key: await makeKey(world.database, software.integration.partner.id, { stage: "production" }),
        }),
      "404 connection_unknown",
    ],
    [
      "with another partner's key",
      async () => call("/company", { key: (await connectSoftware(world)).apiKey }),
      "404 connection_unknown",
    ],
    [
      "when the accepted version says nothing of such access",
      async () => call("/company", { of: await connectSoftware(world, { access: null }) }),
      "404 access_not_accepted",
    ],
    [
      "when the accepted version lets the software read records alone",
      async () => call("/company", { of: await connectSoftware(world, { access: ["records"] }) }),
      "404 access_not_accepted",
    ],
    ["for a path that is in no table", () => call("/users"), "404 operation_closed"],
    [
      "for a method that is in no table",
      () => call("/company", { method: "PUT", body: "{}" }),
      "404 operation_closed",
    ],
    [
      "for a closed operation whose name stands where an id would",
      () => call("/payments/directsalarypayments"),
      "404 operation_closed",
    ],
    ["without the right", () => call("/ledgerreceipts"), "404 right_not_accepted"],
    [
      "with less of the right than it needs",
      async () =>
        call("/businesspartners", {
          method: "POST",
          body: "{}",
          of: await connectSoftware(world, {
            rights: [{ path: "sales.customerRegister", level: "VIEWING_RIGHTS" }],
          }),
        }),
      "404 right_not_accepted",
    ],
    ["with a cookie", () => call("/company", { headers: { cookie: "a=b" } }), "400 from_a_browser"],
    [
      "with an origin",
      () => call("/company", { headers: { origin: "https://x.example" } }),
      "400 from_a_browser",
    ],
    ["by another method", () => call("/company", { method: "OPTIONS" }), "405 method_not_allowed"],
    [
      "with more than a body may have",
      () => call("/businesspartners", { method: "POST", body: Buffer.alloc(32 * 1024 * 1024 + 1) }),
      "413 body_too_large",
    ],
  ])("%s", async (_when, send, code) => {
    expect(await codeOf(await send())).toBe(code);
    expect(world.vendor.seen).toEqual([]);
  });

  test("and what is missing is named", async () => {
    const response = await call("/ledgerreceipts");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      type: "https://portal.example/docs/api#problem-right_not_accepted",
      sent: "no",
      needsOneOf: [{ path: "accounting.journalReceiptSearch" }, { path: "accounting.journalReceipts" }],
    });
  });

  test.each([
    [{ state: "offboarding", attention: null }, "409 connection_ended"],
    [{ state: "removed", attention: null }, "409 connection_ended"],
    [{ state: "needs_attention", attention: "verification_pending" }, "409 connection_needs_attention"],
    [{ state: "needs_attention", attention: "disconnected" }, "409 connection_needs_attention"],
    [{ state: "needs_attention", attention: "credential_refused" }, "409 connection_needs_attention"],
  ] as const)("when the connection is %o", async (values, code) => {
    const of = await connectSoftware(world);
    await setState(values, of);
    expect(await codeOf(await call("/company", { of }))).toBe(code);
    expect(world.vendor.seen).toEqual([]);
  });

  test("while it is paused, by any side, and not before or after", async () => {
    const of = await connectSoftware(world);
    const { partnerId, accountId } = only(
      await world.database.admin.orm.select().from(connections).where(eq(connections.id, of.connectionId)),
    );
    const soon = (ms: number) => new Date(Date.now() + ms);
    const [hold] = await world.database.admin.orm
      .insert(holds)
      .values({
        ...{ partnerId, accountId, connectionId: of.connectionId },
        ...{ kind: "pause", setBy: "customer", since: soon(60_000), until: null },
      })
      .returning({ id: holds.id });
    expect((await call("/company", { of })).status).toBe(200);
    const change = (values: Partial<typeof holds.$inferInsert>) =>
      world.database.admin.orm
        .update(holds)
        .set(values)
        .where(eq(holds.id, hold?.id ?? ""));
    await change({ since: soon(-1000) });
    const refused = await call("/company", { of });
    expect(await refused.json()).toMatchObject({
      code: "connection_paused",
      pausedBy: "customer",
      sent: "no",
    });
    expect(refused.status).toBe(409);
    await change({ since: soon(-2000), until: soon(-1000) });
    expect((await call("/company", { of })).status).toBe(200);
    await change({ until: null, liftedAt: new Date() });
    expect((await call("/company", { of })).status).toBe(200);
  });

  test("but a right that is missing at the vendor is the vendor's to refuse", async () => {
    const of = await connectSoftware(world);
    await setState({ state: "needs_attention", attention: "rights_missing" }, of);
    expect((await call("/company", { of })).status).toBe(200);
  });

  test("by names and methods alone a partner cannot tell another one's connection from none", async () => {
    const other = await connectSoftware(world);
    const unknown = { ...software, connectionId: "00000000-0000-7000-8000-000000000000" };
    for (const path of ["/company", "/users", "/ledgerreceipts"]) {
      const answers = await Promise.all(
        [other, unknown].map(async (of) => (await call(path, { of, key: software.apiKey })).json()),
      );
      expect(answers[0]).toEqual(answers[1]);
    }
  });
});

describe("a path that could mean another one is refused", () => {
  /** As it is written: `fetch` would tidy it up. */
  const sendRaw = (target: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { port, hostname } = new URL(world.url);
      http
        .request(
          { port, hostname, path: target, headers: { authorization: `Bearer ${software.apiKey}` } },
          (answer) => {
            let text = "";
            answer.on("data", (part) => (text += part));
            answer.on("end", () =>
              resolve(`${answer.statusCode} ${(JSON.parse(text) as { code: string }).code}`),
            );
          },
        )
        .on("error", reject)
        .end();
    });
  test.each([
    "/company/../users",
    "/company/./rights",
    "/company/%2e%2e/users",
    "/company/%2E%2e/users",
    "/company/.%2e/users",
    "/businesspartners/1%2f..%2f..%2fusers",
    "/businesspartners/1%2F2",
    "/businesspartners/1%5c2",
    "/businesspartners/%252e%252e",
    "/businesspartners/1%00",
    "/businesspartners/1%0d%0aHost:x",
    "/businesspartners/..;/users",
    "/businesspartners/1;x=2",
    "/businesspartners/%3b",
    "/businesspartners/%ff",
    "/businesspartners//1",
    "/company/",
    "//elsewhere.example/company",
    "/company?x=\\",
    `/${"a/".repeat(20)}b`,
  ])("%s", async (path) => {
    const answer = await sendRaw(`/gateway/v1/connections/${software.connectionId}${path}`);
    expect(answer).toMatch(/^400 bad_(path|query)$/);
    expect(world.vendor.seen).toEqual([]);
  });

  test.each(["http://elsewhere.example/company", "/gateway/v1/connections/../company", "/gateway/v1/../x"])(
    "%s is no address of ours",
    async (target) => {
      expect(await sendRaw(target)).toBe("404 not_found");
    },
  );
});

describe("the end of a connection", () => {
  test("stops calls within a second, in every gateway", async () => {
    const of = await connectSoftware(world);
    const second = await world.startGateway();
    expect((await call("/company", { of })).status).toBe(200);
    expect((await call("/company", { of, at: second })).status).toBe(200);
    await setState({ state: "offboarding" }, of);
    for (const at of [world.url, second])
      expect(await codeOf(await call("/company", { of, at }))).toBe("409 connection_ended");
    expect(world.vendor.seen).toHaveLength(2);
  });

  test("takes the token and the data key with it", async () => {
    const of = await connectSoftware(world);
    await call("/company", { of });
    await setState({ state: "offboarding" }, of);
    const rows = await world.database.admin.orm
      .select()
      .from(gatewayTokens)
      .where(eq(gatewayTokens.connectionId, of.connectionId));
    expect(rows).toEqual([]);
  });

  test("reaches a call that waits for its place", async () => {
    const of = await connectSoftware(world);
    await call("/company", { of });
    world.vendor.seen.length = 0;
    const { sql } = world.database.admin;
    const key = `procountor:${of.integration.slug}`;
    // The process still holds places for calls to come, on which this one would leave.
    await waitFor(async () => {
      const held = await sql`
        select from vendor_limit_places where key = ${key} and free_at > now() + interval '2 seconds'`;
      expect(held.length).toBe(0);
    });
    // Every place of the limit is taken, as by many others.
    await sql`update vendor_limit_places set free_at = now() + interval '2 seconds' where key = ${key}`;
    const waiting = call("/company", { of });
    await waitFor(async () => {
      const waiters = await sql`select from vendor_limit_waiters where key = ${key}`;
      expect(waiters.length).toBe(1);
    });
    await setState({ state: "offboarding" }, of);
    expect(await codeOf(await waiting)).toBe("409 connection_ended");
    expect(world.vendor.seen).toEqual([]);
  });

  test("names what had left already, and the certificate waits for it and counts how it ended", async () => {
    const of = await connectSoftware(world);
    const [own] = await world.database.admin.orm
      .select({ accountId: connections.accountId })
      .from(connections)
      .where(eq(connections.id, of.connectionId));
    let answer: () => void = () => {};
    world.vendor.answerWith((_request, response) => {
      answer = () => void response.end("{}");
    });
    const reading = call("/company", { of });
    await waitFor(() => expect(world.vendor.seen).toHaveLength(1));
    await setState({ state: "offboarding" }, of);
    await waitFor(async () =>
      expect(await readCallLines(world.database, of.connectionId)).toMatchObject([{ outcome: "sent" }]),
    );
    const stoppedAt = new Date();
    const count = () =>
      asSystem(world.context, "test", (tx) =>
        countOnItsWay(
          tx,
          { connectionId: of.connectionId, accountId: own?.accountId ?? "", stoppedAt, droppedFiles: 0 },
          new Date(),
        ),
      );
    expect(await count()).toBeNull();
    answer();
    expect((await reading).status).toBe(200);
    await waitFor(async () =>
      expect(await count()).toEqual({ calls: { answered: 1 }, rows: { cancelled: 0, unknown: 0 }, files: 0 }),
    );
  });

  test("raises an alarm when a revoked key of its partner is used, once, told to each side at most once a day", async () => {
    const ofOne = await connectSoftware(world);
    const [liveKey] = await world.database.admin.orm
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(eq(apiKeys.prefix, ofOne.apiKey.slice(0, 8)));
    const asker = { by: "partner", keyId: liveKey?.id ?? "" } as const;
    const readUse = () =>
      world.database.admin.orm
        .select({ use: offboardings.keyUse, at: offboardings.keyUsedAt, toldAt: offboardings.keyUseToldAt })
        .from(offboardings)
        .where(eq(offboardings.connectionId, ofOne.connectionId))
        .then(only);
    const tell = (now: Date) => asSystem(world.context, "test", (tx) => tellKeyUses(tx, now));
    const revoked = await makeKey(world.database, ofOne.integration.partner.id, { revokedAt: new Date() });
    const foreign = await makeKey(world.database, software.integration.partner.id, { revokedAt: new Date() });
    expect(await codeOf(await call("/company", { of: ofOne, key: revoked }))).toBe("401 key_unknown");
    await asSystem(world.context, "test", (tx) =>
      beginOffboarding(tx, {
        connectionId: ofOne.connectionId,
        askId: crypto.randomUUID(),
        reason: null,
        asker,
      }),
    );
    for (const key of [ofOne.apiKey, foreign, "kyt_nothing"]) await call("/company", { of: ofOne, key });
    expect(await readUse()).toEqual({ use: null, at: null, toldAt: null });
    expect(await codeOf(await call("/company", { of: ofOne, key: revoked }))).toBe("401 key_unknown");
    const first = await readUse();
    expect(first).toMatchObject({ use: "gateway_key", toldAt: null });
    await call("/company", { of: ofOne, key: revoked });
    expect(await readUse()).toEqual(first);
    const now = new Date(Date.now() + 1000);
    expect(await tell(now)).toBe(1);
    expect(await tell(now)).toBe(0);
    const mails = await world.database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, ofOne.connectionId));
    expect(mails.map(({ kind }) => kind).sort()).toEqual(["ended_key_used", "ended_key_used_partner"]);
    for (const mail of mails) {
      const composed = await composeMail(world.context, mail);
      expect(composed?.text).toContain("revoked");
      expect(composed?.text.includes(ofOne.connectionId)).toBe(true);
    }
    const open = await world.database.admin.orm
      .select()
      .from(tasks)
      .where(eq(tasks.subjectId, ofOne.connectionId));
    expect(open).toMatchObject([{ kind: "ended_key_used", resolvedAt: null }]);
  });

  test("a revoked key is refused at once too", async () => {
    const key = await makeKey(world.database, software.integration.partner.id);
    expect((await call("/company", { key })).status).toBe(200);
    await world.database.admin.orm
      .update(apiKeys)
      .set({ revokedAt: new Date() })
      .where(eq(apiKeys.prefix, key.slice(0, 8)));
    expect(await codeOf(await call("/company", { key }))).toBe("401 key_unknown");
  });
});

describe("a lost answer", () => {
  test("of a write is 504 and said to be unknown; it goes out once", async () => {
    world.vendor.answerWith((request) => request.socket.destroy());
    const of = await connectSoftware(world);
    const response = await call("/businesspartners", { of, method: "POST", body: "{}" });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ code: "answer_lost", sent: "unknown" });
    expect(world.vendor.seen).toHaveLength(1);
    await waitFor(async () =>
      expect(await readCallLines(world.database, of.connectionId)).toMatchObject([{ outcome: "lost" }]),
    );
  });

  test("of a read is asked for again, at most twice", async () => {
    let tries = 0;
    world.vendor.answerWith((request, response) => {
      tries += 1;
      if (tries < 3) request.socket.destroy();
      else response.end("at last");
    });
    expect(await (await call("/company")).text()).toBe("at last");
    tries = -10;
    world.vendor.seen.length = 0;
    expect(await codeOf(await call("/company"))).toBe("504 answer_lost");
    expect(world.vendor.seen).toHaveLength(3);
  });

  test("an answer that breaks off is cut, and not begun again", async () => {
    world.vendor.answerWith((request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => request.socket.destroy(), 50);
    });
    const of = await connectSoftware(world);
    await expect(call("/company", { of }).then((response) => response.text())).rejects.toThrow();
    expect(world.vendor.seen).toHaveLength(1);
    await waitFor(async () =>
      expect(await readCallLines(world.database, of.connectionId)).toMatchObject([
        { outcome: "cut", status: 200, receivedBytes: 4 },
      ]),
    );
  });
});

describe("what the vendor answers", () => {
  test("as a redirect is not followed", async () => {
    world.vendor.answerWith((_request, response) => {
      response.writeHead(302, { location: "https://elsewhere.example/" }).end();
    });
    expect(await codeOf(await call("/company"))).toBe("502 vendor_redirected");
    expect(world.vendor.seen).toHaveLength(1);
  });

  test("when its limit is used up names the limit, with our Retry-After", async () => {
    world.vendor.answerWith((_request, response) => {
      response.writeHead(429, { "retry-after": "7" }).end();
    });
    const response = await call("/company");
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({
      code: "vendor_limit",
      limit: { by: "application", requestsPerSecond: 60 },
    });
  });

  /** As after a while. */
  const ageToken = ({ connectionId }: ConnectedSoftware) =>
    world.database.admin.orm
      .update(gatewayTokens)
      .set({ mintedAt: new Date(Date.now() - 60_000) })
      .where(eq(gatewayTokens.connectionId, connectionId));

  test("when a token has died has another one minted, and a read goes on with it", async () => {
    const of = await connectSoftware(world);
    await call("/company", { of });
    await ageToken(of);
    const refused = world.vendor.seen[0]?.headers.authorization;
    world.vendor.answerWith((request, response) => {
      response.statusCode = request.headers.authorization === refused ? 401 : 200;
      response.end();
    });
    expect((await call("/company", { of })).status).toBe(200);
    expect(world.vendor.seen.at(-1)?.headers.authorization).not.toBe(refused);
  });

  test("when a token has died is told to who writes: nothing was carried out", async () => {
    const of = await connectSoftware(world);
    await call("/company", { of });
    await ageToken(of);
    world.vendor.answerWith((_request, response) => {
      response.statusCode = 401;
      response.end();
    });
    const response = await call("/businesspartners", { of, method: "POST", body: "{}" });
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await codeOf(response)).toBe("503 token_refused");
    expect(world.vendor.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("to a token that is new is the caller's to see", async () => {
    const of = await connectSoftware(world);
    world.vendor.answerWith((_request, response) => {
      response.statusCode = 401;
      response.end("no");
    });
    const response = await call("/company", { of });
    expect(`${response.status} ${await response.text()}`).toBe("401 no");
  });
});
