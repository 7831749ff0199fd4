import { afterAll, beforeAll, expect, test } from "vitest";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies, prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { submit } from "@/testing/fixtures/request";
import { writeCompanies } from "./write-companies";

let database: TestDatabase;
let integration: TestIntegration;
let viewer: Viewer;

const NAMES = [
  '=HYPERLINK("http://evil.example")',
  "+358 Oy",
  "-1 Oy",
  "@Oy",
  'Kahvila; "Äiti", Oy',
  "Tavallinen Oy",
];

beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: { name: "Orders", cap: 50 } });
  viewer = await createViewer(database);
  const offered = freshCompanies(NAMES.length);
  const { draft } = await prepareDraft(database, viewer, integration, { offered });
  for (const [index, name] of NAMES.entries())
    await database.admin
      .sql`update candidates set name = ${name}, business_id = '-123' where external_id = ${offered[index] ?? ""}`;
  await submit(database, viewer, integration, { draft });
});
afterAll(() => database.close());

const words = { column: (name: string) => name, state: (state: string) => state, test: "Test" };

async function write(by: Viewer, filter = {}): Promise<string> {
  const csv = await writeCompanies((work) => asCustomer(database, by, work), filter, words, "en");
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(csv).arrayBuffer());
}

test("each company has a line, and no cell is a formula", async () => {
  const text = await write(viewer);
  expect(
    text.startsWith("\uFEFFcompany,businessId,vendor,vendorId,integration,partner,state,since\r\n"),
  ).toBe(true);
  const lines = text.trim().split("\r\n").slice(1);
  expect(lines).toHaveLength(NAMES.length);
  for (const cell of lines.flatMap((line) => line.split(","))) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
  expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(text).toContain(`"Kahvila; ""Äiti"", Oy"`);
  expect(lines.every((line) => line.includes("activating"))).toBe(true);
});

test("the file is narrowed as the list is, and nobody else has the lines", async () => {
  expect((await write(viewer, { q: "tavallinen" })).trim().split("\r\n")).toHaveLength(2);
  expect((await write(await createViewer(database))).trim().split("\r\n")).toHaveLength(1);
});
