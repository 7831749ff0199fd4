import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rightsCatalogue } from "./rights-catalogue";

/*
 * npm run gateway:paths -- FILE: writes the table of PowerOffice Go's operations from the vendor's own list of endpoints and
 * roles, a CSV file with the columns path, method and auth_roles.
 */

const TARGET = fileURLToPath(new URL("./paths.ts", import.meta.url));
const FULL = "_Full";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Operations that need no role by the vendor's list: this one tells whose key it is, the others make and end integrations. */
const OPEN = ["GET /ClientIntegrationInformation"];
/** What the list leaves out: sending has a privilege of its own, beside the role. */
const OWN_RIGHT: Record<string, { path: string; level: string }> = {
  "POST /SalesOrders/{id}/createAndSendInvoice": { path: "AllowSendInvoice", level: "true" },
};

const known = new Map(rightsCatalogue.map(({ path, levels }) => [path, levels]));

function toRight(role: string): { path: string; level: string } | null {
  const isFull = role.endsWith(FULL);
  const right = { path: isFull ? role.slice(0, -FULL.length) : role, level: isFull ? "Full" : "Read" };
  return known.get(right.path)?.includes(right.level) ? right : null;
}

/** `path,method,"role, role"`: the roles are one quoted cell. */
function parseLine(
  line: string,
): { operation: string; method: string; path: string; roles: string[] } | null {
  const [, path, method, quoted, bare] = /^([^,]+),([a-z]+),(?:"([^"]*)"|(.*))$/.exec(line.trim()) ?? [];
  if (!path || !method || !METHODS.includes(method.toUpperCase())) return null;
  const roles = (quoted ?? bare ?? "").split(",").map((role) => role.trim());
  return {
    operation: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    roles: roles.filter(Boolean),
  };
}

const source = process.argv[2];
if (!source) throw new Error("Name the vendor's list: npm run gateway:paths -- FILE");
const lines = (await readFile(source, "utf8")).split("\n").map(parseLine);
const rows = lines.flatMap((line) => {
  if (line === null) return [];
  const own = OWN_RIGHT[line.operation];
  const needs = own ? [own] : line.roles.map(toRight).filter((right) => right !== null);
  const isOpen = OPEN.includes(line.operation);
  if (needs.length === 0 && !isOpen) return [];
  // The lower level of a right is enough: its `_Full` form says the same again.
  const least = needs.filter(
    (right, index) =>
      needs.findIndex(({ path }) => path === right.path) === index ||
      !needs.some((other) => other.path === right.path && other.level === "Read"),
  );
  const list = least.map(({ path, level }) => `{ path: "${path}", level: "${level}" }`).join(", ");
  return [`  { method: "${line.method}", path: "${line.path}", needs: [${list}] },`];
});

await writeFile(
  TARGET,
  `import type { VendorOperation } from "@/lib/connectors/gateway-door";

// Written by \`npm run gateway:paths\` from the vendor's list of endpoints and roles; not by hand.
export const operations: readonly VendorOperation[] = [
${rows.toSorted().join("\n")}
];
`,
);
process.stdout.write(
  `${rows.length} operations of ${lines.filter((line) => line !== null).length} are open.\n`,
);
