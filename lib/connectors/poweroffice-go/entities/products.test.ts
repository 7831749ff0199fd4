import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordOf } from "@/testing/fixtures/entity";
import { makeGoEntity } from "@/testing/fixtures/go-entity";
import { type PowerOfficeTestSandbox, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { readGroups } from "./product-fields";
import { products } from "./products";

const ROW = { code: "B-7", name: "Dekkskift", unitPrice: "450.00" };

let sandbox: PowerOfficeTestSandbox;
let go: Awaited<ReturnType<typeof makeGoEntity>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  go = await makeGoEntity(sandbox, products, ROW);
});
afterAll(() => sandbox.close());

const newest = () => go.books().products.at(-1);

test("a product is made on the sales account and in the unit of the settings", async () => {
  expect(await go.write()).toMatchObject({ kind: "written", wasCreated: true, label: "B-7" });
  expect(newest()).toMatchObject({
    Code: "B-7",
    Name: "Dekkskift",
    UnitPrice: 450,
    UnitOfMeasureCode: "EA",
    StandardSalesAccount: 3000,
    ProductGroupCode: "1",
  });
});

test("a group's products have the group's account and unit; a missing group is made when the settings say so", async () => {
  const row = { productGroup: "A-2" };
  const settings = { groups: "A-2: 3010, 31, HUR; A-3: 3100", vatCode: "3" };
  expect(await go.write({ row, settings })).toEqual({
    kind: "rejected",
    problems: [{ field: "productGroup", cause: "product_group_unknown", vendorWords: "A-2" }],
  });
  await go.write({ row, settings: { ...settings, createGroups: "YES" } });
  expect(go.books().productGroups.at(-1)).toMatchObject({
    Code: "A-2",
    StandardSalesAccount: 3010,
    UnitOfMeasureCode: "HUR",
  });
  expect(newest()).toMatchObject({
    ProductGroupCode: "A-2",
    StandardSalesAccount: 3010,
    UnitOfMeasureCode: "HUR",
  });
  await go.write({ row: { ...row, code: "B-8" }, settings: { ...settings, createGroups: "YES" } });
  expect(go.books().productGroups.filter(({ Code }) => Code === "A-2")).toHaveLength(1);
});

test("the account has to be in use, and to have the VAT code of the settings", async () => {
  const rejected = async (settings: object) => {
    const result = await go.write({ settings: { ...settings } });
    return result.kind === "rejected" ? result.problems : result;
  };
  expect(await rejected({ salesAccount: "3999" })).toEqual([
    { field: null, cause: "account_unknown", vendorWords: "3999" },
  ]);
  expect(await rejected({ salesAccount: "3900" })).toMatchObject([{ cause: "account_unknown" }]);
  expect(await rejected({ salesAccount: "3100", vatCode: "3" })).toEqual([
    { field: null, cause: "vat_unknown", vendorWords: "3100: 5 (3)" },
  ]);
  expect(await go.listChanges()).toEqual([]);
});

test("a change names only what differs, the account by its id", async () => {
  const written = recordOf(await go.write({ row: { description: "Fire hjul" } }));
  const settings = { salesAccount: "3100" };
  const result = await go.write({ row: { unitPrice: "500" }, settings, written });
  expect(result).toEqual({ kind: "written", wasCreated: false, ...written });
  expect(newest()).toMatchObject({ UnitPrice: 500, StandardSalesAccount: 3100, Description: "Fire hjul" });
  await go.write({ row: { unitPrice: "500" }, settings, written });
  expect(await go.listChanges()).toHaveLength(2);
});

test("what Go refuses comes back by our field and its words", async () => {
  const body = {
    title: "Product validation error(s)",
    status: 400,
    detail: "Product group with id = 7 not found.",
  };
  await sandbox.setFaults({ failNext: { method: "POST", path: "/Products", status: 400, body } });
  expect(await go.write()).toMatchObject({
    kind: "rejected",
    problems: [
      { field: "productGroup", cause: "product_group_unknown", vendorCode: "PRODUCT_GROUP_NOT_FOUND" },
    ],
  });
});

describe("a look-up", () => {
  test("finds what a cut line left behind, after a product and after its group", async () => {
    const change = { row: { productGroup: "A-2" }, settings: { createGroups: "YES" } };
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/ProductGroups" } });
    await expect(go.write(change)).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await go.lookUp(change)).toBeNull();
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/Products" } });
    await expect(go.write(change)).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await go.lookUp(change)).toMatchObject({ kind: "ours", isSame: true, label: "B-7" });
    expect(go.books().productGroups.filter(({ Code }) => Code === "A-2")).toHaveLength(1);
  });

  test("takes a product of another one for ours only where the customer chose that", async () => {
    const row = { code: "A-1", name: "Arbeid" };
    expect(await go.lookUp({ row })).toEqual({ kind: "foreign", vendorWords: "A-1, Produktgruppe 1, 3000" });
    const found = await go.lookUp({ row, settings: { takeOverExisting: "YES" } });
    expect(found).toMatchObject({ kind: "ours", isSame: false, vendorId: "9001" });
    // As the row says already: nothing is left to change.
    const same = { code: "A-1", name: "Produktgruppe 1", unitPrice: undefined };
    await go.write({ row: same, written: { vendorId: "9001", label: "A-1" } });
    expect(await go.lookUp({ row: same })).toMatchObject({ kind: "ours", isSame: true });
  });
});

test.each<[string, object | null]>([
  ["A-2: 3100, 5, HUR", { "A-2": { account: "3100", vatCode: "5", unit: "HUR" } }],
  ["A-2:3100; A-3 : 3010 , 31", { "A-2": { account: "3100" }, "A-3": { account: "3010", vatCode: "31" } }],
  ["A-2: 3100, 5, XYZ", null],
  ["A-2 = 3100", null],
  ["A-2: salg", null],
])("groups of the settings: %s", (text, groups) => {
  const read = readGroups(text);
  expect(read && Object.fromEntries(read)).toEqual(groups);
});
