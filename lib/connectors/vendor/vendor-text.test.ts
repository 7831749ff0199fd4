import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pickMessages } from "@/lib/connectors/vendor-answer";
import { vendorNames, vendorText } from "@/lib/connectors/vendor-text";
import { cleanLine, cleanLines, cutText } from "@/lib/core/outside-text";
import { createTestDatabase, type TestDatabase } from "@/testing/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

test("whatever text comes in, PostgreSQL takes it as text and as JSON, and gives it back unchanged", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.integer({ min: 1, max: 20 }), async (given, longest) => {
      const texts = [cleanLine(given), cleanLines(given), cutText(cleanLine(given), longest)];
      texts.push(vendorText.parse(given) ?? "", ...vendorNames.parse([given]), ...pickMessages([given], []));
      const { sql } = database.admin;
      const [row] =
        await sql`select ${texts}::text[] as texts, ${JSON.stringify(texts)}::text::jsonb as json`;
      expect(row).toEqual({ texts, json: texts });
    }),
    { numRuns: 150 },
  );
});

test("whatever stands in the place of a text costs nothing but itself", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const read = vendorText.parse(value);
      expect(read === null || typeof read === "string").toBe(true);
      expect(vendorNames.parse([value, "kept"])).toContain("kept");
    }),
  );
});

test("a vendor's message is cut between characters, without its line ends", () => {
  expect(pickMessages([`${"a".repeat(499)}😀 and more`], [])).toEqual([`${"a".repeat(499)}😀`]);
  expect(pickMessages(["one\r\n\u0000two\u202e"], [])).toEqual(["one two"]);
  expect(pickMessages(["the key is sec\u200bret-1"], ["secret-1"])).toEqual(["the key is [redacted]"]);
});
