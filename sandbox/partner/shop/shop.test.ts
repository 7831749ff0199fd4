import { afterEach, beforeEach, expect, test } from "vitest";
import { waitFor } from "@/testing/wait-for";
import { type RunningServer, serve } from "../../web/serve";
import { startDemoPartner } from "../start-demo-partner";

const CONNECTION = "0198f0aa-0000-7000-8000-00000000000c";

type Sent = { path: string; key: string | undefined; records: Record<string, unknown>[] };

const GO = "0198f0aa-0000-7000-8000-00000000000d";

/** The portal and the gateway in one: they take orders, and tell outcomes that the test gives. */
let kytkin: RunningServer;
let partner: RunningServer;
let sent: Sent[];
let outcomes: object[];
let isPaused: boolean;
let status: string;
/** What Go has by paths below its base address. */
let inGo: Record<string, object>;

beforeEach(async () => {
  sent = [];
  outcomes = [];
  isPaused = false;
  status = "UNFINISHED";
  inGo = {};
  kytkin = await serve(0, async (exchange) => {
    expect(exchange.request.headers.authorization).toBe("Bearer kp_test");
    const { pathname, searchParams } = exchange.url;
    const below = pathname.replace(/^\/gateway\/v1\/connections\/[^/]+/, "");
    if (pathname === "/api/v1/connections")
      return exchange.sendJson(200, {
        connections:
          searchParams.get("integration") === "esimerkki-go-invoices"
            ? [{ id: GO, name: "Fjellrype AS", state: "active" }]
            : [
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
    if (exchange.request.method === "GET")
      return inGo[below]
        ? exchange.sendJson(200, inGo[below])
        : exchange.sendJson(404, {
            title: "Object(s) not found",
            code: "not_found",
            detail: "No such record.",
          });
    if (isPaused)
      return exchange.sendJson(409, { title: "Paused", code: "connection_paused", detail: "It is paused." });
    const { records } = (await exchange.readJson()) as Sent;
    sent.push({ path: below, key: exchange.request.headers["idempotency-key"]?.toString(), records });
    return exchange.sendJson(202, {
      deliveryId: `d${sent.length}`,
      rows: 1,
      queued: 1,
      rejected: 0,
      outcomes: [],
    });
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
/** Of the `delivery`th call. */
const written = (key: string, delivery = 1) =>
  tell({ key, deliveryId: `d${delivery}`, outcome: "written", vendorId: "77", vendorLabel: "1077" });
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
    deliveryId: "d1",
    outcome: "rejected",
    problems: [{ field: "lines.0.vatPercent", detail: "Unknown rate", fix: "Choose another." }],
  });
  await seeLive("lines.0.vatPercent: Choose another.");
});

test("a changed product is one record for the company that is told, and orders before it keep their price", async () => {
  await order();
  const page = await post("/shop/products/MOKA", {
    name: "Moka pot <six>",
    price: "41,5",
    connection: CONNECTION,
  });
  expect(await page.text()).toContain("Moka pot &lt;six&gt;");
  expect(sent.at(-1)).toEqual({
    path: "/records/products",
    key: "shop-order-P1",
    records: [{ code: "MOKA", name: "Moka pot <six>", unitPrice: "41.50", vatPercent: "25.5" }],
  });
  written("MOKA", 2);
  await seeLive("Product 1077");
  const before = /Order 1001[\s\S]*?<\/div>/.exec(await live())?.[0];
  expect(before).toContain("97.89 €");
  await order({ quantity: "1" });
  expect(sent.at(-1)?.records[0]).toMatchObject({
    lines: [{ product: "Moka pot <six>", unitPrice: "41.50" }],
  });
});

test("a changed product is told to all companies when that was chosen", async () => {
  await post("/shop/products/BEANS", { name: "Beans", price: "20", connection: "all" });
  expect(sent.map(({ path, key }) => [path, key])).toEqual([
    ["/records/products", "shop-order-P1"],
    ["/records/products", "shop-order-P2"],
  ]);
  expect(sent.map(({ records: [row] }) => row)).toContainEqual({
    code: "BEANS",
    name: "Beans",
    unitPrice: "20.00",
  });
});

test.each([
  [{ name: " " }, "not changed"],
  [{ price: "12 €" }, "not changed"],
  [{ price: "-1" }, "not changed"],
  [{ connection: "ended" }, "not connected any more"],
])("a change with %j is refused in words, and changes nothing", async (fields, words) => {
  const answer = await post("/shop/products/MOKA", {
    ...{ name: "Pot", price: "1.00", connection: CONNECTION },
    ...fields,
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(words);
  expect(sent).toEqual([]);
});

test("an order in PowerOffice Go follows its customer and its product, and is paid as the invoice that it becomes", async () => {
  await order({ connection: GO });
  expect(sent.map(({ path, records: [row] }) => [path, row])).toEqual([
    ["/records/customers", expect.objectContaining({ customerId: "SHOP-CUSTOMER" })],
    ["/records/products", { code: "MOKA", name: "Moka pot", unitPrice: "39.00" }],
  ]);
  expect(await live()).toContain("after its customer and product");
  written("SHOP-CUSTOMER", 1);
  written("MOKA", 2);
  await waitFor(async () => {
    await live();
    expect(sent).toHaveLength(3);
  });
  expect(sent[2]).toMatchObject({
    path: "/records/sales-orders",
    key: "shop-order-1001",
    records: [
      {
        orderNumber: "1001",
        customerId: "SHOP-CUSTOMER",
        lines: [{ productCode: "MOKA", quantity: "2", unitPrice: "39.00" }],
      },
    ],
  });
  inGo["/SalesOrders/77"] = { Id: "77", SalesOrderStatus: "Draft" };
  written("1001", 3);
  await seeLive(">draft<");
  expect(await live()).toContain("78.00 kr without VAT");
  inGo = { "/OutgoingInvoices/77": { Id: "77", InvoiceNo: 5001, Balance: 0 } };
  await seeLive("Paid in PowerOffice Go");
  // The next one finds both there.
  await order({ connection: GO, quantity: "1" });
  expect(sent.slice(3).map(({ path }) => path)).toEqual(["/records/sales-orders"]);
});

test("an order whose product the vendor did not take says so, and sends it anew when it is sent again", async () => {
  await order({ connection: GO });
  written("SHOP-CUSTOMER", 1);
  tell({
    key: "MOKA",
    deliveryId: "d2",
    outcome: "waiting",
    problems: [{ field: "code", detail: "Number in use", fix: "Look in Go." }],
  });
  await seeLive("Send again");
  expect(sent).toHaveLength(2);
  await post("/shop/orders/1001/send");
  expect(sent.slice(2).map(({ path, key }) => [path, key])).toEqual([["/records/products", "shop-order-P3"]]);
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
