import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json";

/** As it was when the first hashes were stored. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, item]) => [key, sorted(item)]),
  );
}

test("the text of any value is the one that stored hashes were made of", () => {
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom("10", "9", "-1", "1.5", "__proto__", "toJSON", "", "é", "\u{1f600}"),
  );
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined, -0, new Date(0)),
      fc.array(tie("any")),
      fc.dictionary(names, tie("any")),
    ),
  }));
  fc.assert(
    fc.property(any, (value) => canonicalJson(value) === JSON.stringify(sorted(value))),
    { numRuns: 2_000 },
  );
  expect(canonicalJson({ b: 1, a: { d: undefined, c: [undefined, "x"] } })).toBe(
    '{"a":{"c":[null,"x"]},"b":1}',
  );
});
