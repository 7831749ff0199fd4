import { expect, test } from "vitest";
import { compareRights } from "./compare-rights";

const TECHNICAL = "API technical user";

function compare(
  sales: Record<string, string | boolean>,
  asked: Record<string, string>,
  role: string | null = TECHNICAL,
) {
  const list = Object.entries(asked).map(([path, level]) => ({ path, level }));
  return compareRights({ role, rights: { sales } }, list);
}

test("exactly what was asked is neither missing nor surplus", () => {
  const check = compare(
    { customerRegister: "ALL_RIGHTS", productRegister: "NO_ACCESS", salesInvoiceSearch: "NOT_ENABLED" },
    { "sales.customerRegister": "ALL_RIGHTS" },
  );
  expect(check).toMatchObject({ missing: [], surplus: [], boundToNaturalPerson: false });
  expect(check.held).toContainEqual({ path: "sales.customerRegister", level: "ALL_RIGHTS" });
});

test("a lower level is missing, a right that the answer leaves out too", () => {
  const check = compare(
    { customerRegister: "VIEWING_RIGHTS" },
    { "sales.customerRegister": "ALL_RIGHTS", "sales.productRegister": "VIEWING_RIGHTS" },
  );
  expect(check.missing).toEqual([
    { path: "sales.customerRegister", asked: "ALL_RIGHTS", held: "VIEWING_RIGHTS" },
    { path: "sales.productRegister", asked: "VIEWING_RIGHTS", held: null },
  ]);
});

test("a higher level is surplus, a right that nobody asked for too", () => {
  const check = compare(
    { customerRegister: "ALL_RIGHTS", productRegister: "VIEWING_RIGHTS" },
    { "sales.customerRegister": "VIEWING_RIGHTS" },
  );
  expect(check.missing).toEqual([]);
  expect(check.surplus).toEqual([
    { path: "sales.customerRegister", asked: "VIEWING_RIGHTS", held: "ALL_RIGHTS" },
    { path: "sales.productRegister", asked: null, held: "VIEWING_RIGHTS" },
  ]);
});

test("a limitation counts the other way round", () => {
  const path = "sales.personalSalesInvoicesOnly";
  expect(compare({ personalSalesInvoicesOnly: true }, { [path]: "false" }).missing).toEqual([
    { path, asked: "false", held: "true" },
  ]);
  expect(compare({ personalSalesInvoicesOnly: false }, { [path]: "true" })).toMatchObject({
    missing: [],
    surplus: [{ path, asked: "true", held: "false" }],
  });
  expect(compare({ personalSalesInvoicesOnly: false }, {}).surplus).toEqual([]);
});

test("a right that the vendor added later is compared by its name", () => {
  const check = compare({ brandNew: "ALL_RIGHTS" }, {});
  expect(check.surplus).toEqual([{ path: "sales.brandNew", asked: null, held: "ALL_RIGHTS" }]);
  expect(compare({ brandNew: "SOME" }, { "sales.brandNew": "ALL" }).missing).toHaveLength(1);
});

test("a role tells a person from a technical user; without one nothing is known", () => {
  expect(compare({}, {}, "Customised").boundToNaturalPerson).toBe(true);
  expect(compare({}, {}, null).boundToNaturalPerson).toBeNull();
  const machineOnly = { role: "Customised", rights: { user: { blockSoloLoginToProcountor: true } } };
  expect(compareRights(machineOnly, []).boundToNaturalPerson).toBe(false);
});
