import { afterEach, beforeEach, expect, test } from "vitest";
import { waitFor } from "@/testing/wait-for";
import { type RunningServer, serve } from "../../web/serve";
import { startDemoPartner } from "../start-demo-partner";

const CONNECTION = "0198f0aa-0000-7000-8000-00000000000c";

type Sent = { path: string; key: string | undefined; records: Record<string, unknown>[] };

/** The portal and the gateway in one: they take orders, and tell outcomes that the test gives. */
let kytkin: RunningServer;
let partner: RunningServer;
let sent: Sent[];
let outcomes: object[];
let isPaused: boolean;
let status: string;

beforeEach(async () => {
  sent = [];
  outcomes = [];
  isPaused = false;
  status = "UNFINISHED";
  kytkin = await serve(0, async (exchange) => {
    expect(exchange.request.headers.authorization).toBe("Bearer kp_test");
    const { pathname, searchParams } = exchange.url;
    const below = pathname.replace(`/gateway/v1/connections/${CONNECTION}`, "");
    if (pathname === "/api/v1/connections")
      return exchange.sendJson(200, {
        connections: [
          { id: CONNECTION, name: "Aapasuon <b>Oy</b>", state: "active" },
          { id: "ended", name: "Ended Oy", state: "removed" },
        ],
      });
    if (below === "/outcomes") {
      const from = Number(searchParams.get("cursor") ?? 0);
      return exchange.sendJson(200, {
        outcomes: outcomes.slice(from),
        nextCursor: String(outcomes.length),
        hasMore: false,
      });
    }
    if (below === "/invoices/77") return exchange.sendJson(200, { id: 77, status });
    if (isPaused)
      return exchange.sendJson(409, { title: "Paused", code: "connection_paused", detail: "It is paused." });
    const { records } = (await exchange.readJson()) as Sent;
    sent.push({ path: below, key: exchange.request.headers["idempotency-key"]?.toString(), records });
    return exchange.sendJson(202, { deliveryId: "d1", rows: 1, queued: 1, rejected: 0, outcomes: [] });
  });
  partner = await startDemoPartner({
    port: 0,
    portalUrl: kytkin.url,
    gatewayUrl: kytkin.url,
    procountorUrl: "http://127.0.0.1:1",
    partnerApiKey: "kp_test",
  });
});
afterEach(async () => {
  await partner.close();
  await kytkin.close();
});

const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(partner.url + path, { method: "POST", body: new URLSearchParams(fields) });
const order = (fields: Record<string, string> = {}) =>
  post("/shop/orders", { product: "MOKA", quantity: "2", connection: CONNECTION, ...fields });
const live = async () => (await fetch(`${partner.url}/shop/live`)).text();
const tell = (outcome: object) => outcomes.push({ at: new Date().toISOString(), problems: [], ...outcome });
const written = (key: string) => tell({ key, outcome: "written", vendorId: "77", vendorLabel: "1077" });
/** The shop asks again at most once a second. */
const seeLive = (words: string) => waitFor(async () => expect(await live()).toContain(words));

test("an order is one record of the integration's entity, sent once under its number", async () => {
  const page = await order();
  expect(page.redirected).toBe(true);
  expect(await page.text()).toContain("Aapasuon &lt;b&gt;Oy&lt;/b&gt;");
  expect(sent).toEqual([
    {
      path: "/records/sales-invoices",
      key: "shop-order-1001",
      records: [
        {
          invoiceNumber: "1001",
          date: new Date().toISOString().slice(0, 10),
          customerName: "Esimerkkiasiakas Oy",
          email: "customer@shop.example",
          orderReference: "Shop 1001",
          lines: [
            {
              product: "Moka pot",
              productCode: "MOKA",
              quantity: "2",
              unitPrice: "39.00",
              vatPercent: "25.5",
            },
          ],
        },
      ],
    },
  ]);
  expect(await live()).toContain("on its way");
});

test("the vendor's number comes by the feed, and its payment by the gateway", async () => {
  await order();
  written("1001");
  await seeLive("Invoice 1077");
  expect(await live()).toContain("Paid by card");
  status = "MARKED_PAID";
  await seeLive("Paid in Procountor");
  expect(await live()).toContain("marked paid");
});

test("a refund is a credit note that names the order, once", async () => {
  await order();
  expect((await post("/shop/orders/1001/refund")).ok).toBe(true);
  expect(sent).toHaveLength(1);
  written("1001");
  await seeLive("Invoice 1077");
  await post("/shop/orders/1001/refund");
  await post("/shop/orders/1001/refund");
  expect(sent.map(({ records }) => records[0])).toEqual([
    expect.objectContaining({ invoiceNumber: "1001" }),
    expect.objectContaining({
      invoiceNumber: "1002",
      creditOf: "1001",
      lines: [expect.objectContaining({ quantity: "-2" })],
    }),
  ]);
  expect(await live()).toContain("Refunded with 1002");
});

test("an order that is not taken says why, and can be sent again", async () => {
  isPaused = true;
  await order();
  expect(await live()).toContain("It is paused.");
  isPaused = false;
  await post("/shop/orders/1001/send");
  await seeLive("on its way");
  tell({
    key: "1001",
    outcome: "rejected",
    problems: [{ field: "lines.0.vatPercent", detail: "Unknown rate", fix: "Choose another." }],
  });
  await seeLive("lines.0.vatPercent: Choose another.");
});

test.each([
  [{ product: "NOTHING" }, "not complete"],
  [{ quantity: "0" }, "not complete"],
  [{ quantity: "1.5" }, "not complete"],
  [{ connection: "ended" }, "not connected any more"],
])("an order with %j is refused in words", async (fields, words) => {
  const answer = await order(fields);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(words);
  expect(sent).toEqual([]);
});

test("without Kytkin the shop says so, and without a gateway it is closed", async () => {
  await kytkin.close();
  expect(await (await fetch(`${partner.url}/shop`)).text()).toContain("Kytkin does not answer");
  const alone = await startDemoPartner({ port: 0, portalUrl: kytkin.url, partnerApiKey: "kp_test" });
  expect((await fetch(`${alone.url}/shop`)).status).toBe(503);
  await alone.close();
});
