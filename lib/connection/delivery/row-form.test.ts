import { expect, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import { makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { listRowFields, readRowForm } from "./row-form";

const entity = getConnector("procountor").entities?.["sales-invoices"];
if (!entity) throw new Error("Procountor has no sales invoices");

const toMap = (row: unknown) =>
  new Map((listRowFields(entity, row) ?? []).map(({ path, value }) => [path, value]));

test("a form gives back the row that it shows, with what a person changed", () => {
  const row = makeInvoiceRow("7");
  expect(readRowForm(entity, toMap(row))).toEqual(row);
  const changed = toMap(row).set("date", "2026-12-01").set("lines.0.quantity", " 3 ").set("email", "");
  expect(readRowForm(entity, changed)).toEqual({
    ...row,
    date: "2026-12-01",
    email: undefined,
    lines: [{ ...row.lines[0], quantity: "3" }],
  });
});

test("numbers are shown as text, an empty line goes, and what the entity does not know is not sent on", () => {
  const row = { ...makeInvoiceRow("7"), moon: "x", lines: [{ product: "Hall", quantity: 2 }, {}] };
  const given = toMap(row);
  expect(given.get("lines.0.quantity")).toBe("2");
  expect(given.has("moon")).toBe(false);
  given.set("lines.5000.product", "far").set("__proto__.0.product", "x").set("moon", "x");
  expect(readRowForm(entity, given)).toMatchObject({ lines: [{ product: "Hall", quantity: "2" }] });
  expect(readRowForm(entity, given)).not.toHaveProperty("moon");
});

test("what is no object has no fields", () => {
  expect(listRowFields(entity, "{half")).toBeNull();
  expect(listRowFields(entity, [1])).toBeNull();
});
