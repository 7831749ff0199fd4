import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { driveDeliveries } from "@/testing/fixtures/deliveries";
import { activateInGo, listConnectionIds } from "@/testing/fixtures/go-process";
import { createCustomer, createGoWorld, type GoWorld } from "@/testing/fixtures/go-world";
import { only } from "@/testing/fixtures/only";
import { PAGE_STEPS } from "@/testing/fixtures/specification";

/** The entities of PowerOffice Go through the whole pipeline, over HTTP. */

let world: GoWorld;
let own: ReturnType<typeof driveDeliveries>;
let clientId: string;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sandbox.setFaults({ clear: true });
  const customer = await createCustomer(world, 1);
  clientId = only(customer.clientIds);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const connectionId = only(await listConnectionIds(world, requestId));
  own = driveDeliveries(world, { viewer: customer.viewer, connectionId });
});

const CUSTOMER = { customerId: "shop-7", name: "Fjellrype Friluft AS", email: "faktura@example.com" };
const PRODUCT = { code: "B-7", name: "Dekkskift", unitPrice: "450.00" };
const makeOrder = (orderNumber: string, quantity = "2") => ({
  orderNumber,
  date: "2026-11-30",
  customerId: "shop-7",
  lines: [{ productCode: "B-7", quantity }],
});
const books = () => {
  const found = world.sandbox.getState().books[clientId];
  if (!found) throw new Error("nothing was asked of the client's books");
  return found;
};
const countOrders = () =>
  Object.fromEntries(
    books().salesOrders.map(({ ExternalImportReference: number }) => [
      String(number),
      books().salesOrders.filter((one) => one.ExternalImportReference === number).length,
    ]),
  );
const countChanges = async () =>
  (await world.sandbox.readStats()).calls.filter(
    ({ method, path }) => method !== "GET" && path !== "/OAuth/Token",
  ).length;

/** The customer and the product that the orders name. */
async function deliverRegisters(): Promise<void> {
  await own.deliver([CUSTOMER], "customers");
  await own.deliver([PRODUCT], "products");
}

test("a customer, a product and their order are written, each under the sender's key", async () => {
  await deliverRegisters();
  await own.deliver([makeOrder("1"), { ...makeOrder("2"), date: "30.11.2026" }], "sales-orders");
  await own.pump();
  expect(await own.tellRows()).toEqual([
    "shop-7 written",
    "B-7 written",
    "1 written",
    "2 rejected: field_invalid",
  ]);
  expect(books().salesOrders).toMatchObject([
    { ExternalImportReference: "1", CustomerNo: 10_001, NetAmount: 900, SalesOrderStatus: "Draft" },
  ]);
});

test("an order that comes before its customer waits for it, and goes on by itself", async () => {
  await own.deliver([PRODUCT], "products");
  await own.deliver([makeOrder("1")], "sales-orders");
  await own.pump();
  expect(await own.tellRows()).toEqual(["B-7 written", "1 waiting: parent_missing"]);
  await own.deliver([CUSTOMER], "customers");
  await own.pump();
  expect(await own.tellRows()).toEqual(["B-7 written", "1 written", "shop-7 written"]);
});

test("an order whose product is being written beside it waits for it; a code that nobody brings is a mistake", async () => {
  await own.deliver([CUSTOMER], "customers");
  await own.pump();
  const held = { method: "POST", path: "/Products" };
  await world.sandbox.setFaults({ hold: held });
  await own.deliver([PRODUCT], "products");
  await own.deliver(
    [makeOrder("1"), { ...makeOrder("2"), lines: [{ productCode: "B-8", quantity: "1" }] }],
    "sales-orders",
  );
  const pumped = own.pump();
  await expect
    .poll(async () => (await own.tellRows()).slice(2))
    .toEqual(["1 waiting: parent_missing", "2 rejected: product_unknown"]);
  await world.sandbox.setFaults({ release: held });
  await pumped;
  await own.pump();
  expect(await own.tellRows()).toEqual([
    "shop-7 written",
    "B-7 written",
    "1 written",
    "2 rejected: product_unknown",
  ]);
});

test("what was last written is unchanged, and costs Go no call; a newer row supersedes one that has not left", async () => {
  await deliverRegisters();
  await own.deliver([makeOrder("1")], "sales-orders");
  await own.pump();
  const changes = await countChanges();
  await deliverRegisters();
  await own.deliver([makeOrder("1"), makeOrder("2", "3"), makeOrder("2", "4")], "sales-orders");
  expect((await own.tellRows()).slice(3)).toEqual([
    "shop-7 unchanged",
    "B-7 unchanged",
    "1 unchanged",
    "2 superseded",
    "2 queued",
  ]);
  await own.pump();
  expect(await countChanges()).toBe(changes + 1);
  expect(countOrders()).toEqual({ 1: 1, 2: 1 });
});

describe("a lost answer", () => {
  test.each([
    ["customers", "/Customers", "shop-7"],
    ["products", "/Products", "B-7"],
    ["sales-orders", "/SalesOrders/Complete", "1"],
  ])("of %s is found by a look-up, and nothing is made twice", async (entity, path, key) => {
    if (entity === "sales-orders") {
      await deliverRegisters();
      await own.pump();
    }
    const row = { customers: CUSTOMER, products: PRODUCT }[entity] ?? makeOrder("1");
    await world.sandbox.setFaults({ loseAnswerNext: { method: "POST", path } });
    await own.deliver([row], entity);
    await own.pump();
    expect((await own.tellRows()).at(-1)).toBe(`${key} unknown`);
    const before = await countChanges();
    await own.makeDue();
    await own.pump();
    expect((await own.tellRows()).at(-1)).toBe(`${key} written`);
    expect(await countChanges()).toBe(before);
  });

  test("of a call that never arrived gives way to the newest row of its key, which is sent once", async () => {
    await deliverRegisters();
    await own.pump();
    await world.sandbox.setFaults({
      failNext: { method: "POST", path: "/SalesOrders/Complete", status: 502 },
    });
    await own.deliver([makeOrder("1")], "sales-orders");
    await own.pump();
    await own.deliver([makeOrder("1", "5")], "sales-orders");
    for (let turn = 0; turn < 6; turn += 1) {
      await own.makeDue();
      await own.pump();
    }
    expect((await own.tellRows()).slice(-2)).toEqual(["1 superseded", "1 written"]);
    expect(countOrders()).toEqual({ 1: 1 });
    expect(books().salesOrders).toMatchObject([{ NetAmount: 2250 }]);
  });
});

test("429 lets the queue rest and the row go again; a refusal is the row's end, with Go's words", async () => {
  await world.sandbox.setFaults({
    failNext: { method: "POST", path: "/Customers", status: 429, retryAfterSeconds: 7 },
  });
  await own.deliver([CUSTOMER], "customers");
  await own.pump();
  expect(await own.tellRows()).toEqual(["shop-7 queued"]);
  const pause = await own.readPauseMs();
  expect(pause).toBeGreaterThan(4000);
  await own.makeDue();
  await own.pump();
  await own.deliver([{ ...makeOrder("1"), lines: [{ productCode: "C-1", quantity: "1" }] }], "sales-orders");
  await own.pump();
  expect(await own.tellRows()).toEqual(["shop-7 written", "1 rejected: product_unknown"]);
  const refused = only((await own.listRows()).slice(1));
  expect(await own.readProblems(refused.id)).toEqual([
    { field: "lines.0.productCode", cause: "product_unknown", vendorWords: "C-1" },
  ]);
});

test("an order of another integration with the number waits for a person", async () => {
  await deliverRegisters();
  await own.pump();
  const customer = books().customers.at(-1);
  const fields = {
    ExternalImportReference: "1",
    CustomerId: customer?.Id,
    CustomerNo: customer?.Number,
    SalesOrderDate: "2026-11-30",
  };
  await world.sandbox.setFaults({ addForeignOrder: { clientId, fields } });
  await own.deliver([makeOrder("1")], "sales-orders");
  await own.pump();
  expect((await own.tellRows()).at(-1)).toBe("1 waiting: number_in_use");
  expect(countOrders()).toEqual({ 1: 1 });
});
