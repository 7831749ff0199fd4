import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { findOperation, findOperations } from "./find-operation";
import { GATEWAY_ROUTES } from "./routes";

const doors = CONNECTOR_IDS.flatMap((id) => {
  const { gateway, manifest } = getConnector(id);
  return gateway ? [{ id, door: gateway, manifest }] : [];
});
const segmentsOf = (path: string, id: string): string[] =>
  path
    .slice(1)
    .split("/")
    .map((part) => (part.startsWith("{") ? id : part));

describe.each(doors)("the table of $id", ({ id, door, manifest }) => {
  test("names each operation once, by the vendor's rights and levels", () => {
    const names = door.operations.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { path, needs } of door.operations) {
      expect(path).toMatch(/^(\/(\w+|\{\w+\}))+$/);
      for (const need of needs)
        expect(manifest.rights.find((right) => right.path === need.path)?.levels).toContain(need.level);
    }
  });

  test("finds each operation by its own path", () => {
    for (const operation of door.operations)
      expect(findOperation(id, operation.method, segmentsOf(operation.path, "42"))?.operation).toBe(
        operation,
      );
  });

  test("takes no name for an id", () => {
    for (const { method, path } of door.operations.filter((one) => one.path.includes("{")))
      for (const name of ["directsalarypayments", "..", "", "1/2", "1;2", "-1", "a".repeat(40)])
        expect(findOperation(id, method, segmentsOf(path, name))).toBeNull();
  });

  test("has no path that is one of our own calls", () => {
    const own = GATEWAY_ROUTES.map((route) => route.path.split("/")[1]);
    for (const name of [...own, "records", "deliveries", "outcomes"])
      expect(door.operations.map(({ path }) => path.split("/")[1])).not.toContain(name);
  });
});

test("a level more than the one that is needed does too, one less does not", () => {
  expect(findOperation("procountor", "GET", ["products"])?.needs).toContainEqual({
    path: "sales.productRegister",
    levels: ["VIEWING_RIGHTS", "ALL_RIGHTS"],
  });
  expect(findOperation("poweroffice-go", "POST", ["Customers"])?.needs).toEqual([
    { path: "Customer", levels: ["Full"] },
  ]);
});

test("HEAD is asked as GET", () => {
  expect(Object.keys(findOperations("HEAD", ["company"]))).toEqual(["procountor"]);
});

test("a vendor that keeps no rights itself is closed", () => {
  for (const id of CONNECTOR_IDS)
    if (getConnector(id).manifest.rightsEnforcedBy === "portal")
      expect(getConnector(id).gateway).toBeUndefined();
});

test("sending an invoice needs the privilege of its own", () => {
  expect(
    findOperation("poweroffice-go", "POST", ["SalesOrders", "7", "createAndSendInvoice"])?.needs,
  ).toEqual([{ path: "AllowSendInvoice", levels: ["true"] }]);
});

const folder = fileURLToPath(new URL("../../../../shared/apis", import.meta.url));
const documents = [
  ["procountor", `${folder}/procountor-26.04.json`, /^(users|webhooks|integrations|payrolls|persons)$/],
  ["poweroffice-go", `${folder}/poweroffice-go-v2.json`, /^(Onboarding|Offboarding|ClientAdmin)$/],
] as const;

describe.runIf(existsSync(folder))("against the vendor's own document", () => {
  test.each(documents)(
    "%s: what is open exists there, and what is closed stays closed for every id",
    (id, file, closed) => {
      const document = JSON.parse(readFileSync(file, "utf8")) as {
        paths: Record<string, Record<string, unknown>>;
      };
      const all = Object.entries(document.paths).flatMap(([path, methods]) =>
        ["get", "post", "put", "patch", "delete"].flatMap((method) =>
          method in methods ? [{ method: method.toUpperCase(), path }] : [],
        ),
      );
      const shape = ({ method, path }: { method: string; path: string }) =>
        `${method} ${path.replace(/\{\w+\}/g, "{}")}`;
      const open = new Set((getConnector(id).gateway?.operations ?? []).map(shape));
      // A document may list fewer paths than the table that the vendor made of its rights.
      if (id === "procountor") for (const one of open) expect(all.map(shape)).toContain(one);
      for (const one of all.filter((each) => !open.has(shape(each))))
        for (const value of ["42", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"]) {
          const found = findOperation(id, one.method, segmentsOf(one.path, value));
          expect(found === null || open.has(shape(found.operation)), shape(one)).toBe(true);
          // Two templates of the same shape aside, a closed operation is found by nothing.
          if (!one.path.includes("{")) expect(found, shape(one)).toBeNull();
        }
      for (const { path } of getConnector(id).gateway?.operations ?? [])
        if (closed.test(path.split("/")[1] ?? "")) expect(path).toBe("/users/rights");
    },
  );
});
