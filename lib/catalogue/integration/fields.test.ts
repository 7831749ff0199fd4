import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "@/lib/core/canonical-json";
import { anyChange, anyContent } from "@/testing/fixtures/any-content";
import { contentHash, languageHash } from "./content-hash";
import { durationWords, type FieldWords, fieldsOf, type Line, linesOf, SPECIFICATION_FIELDS } from "./fields";
import { arrange, inLanguage, listChangedFields } from "./read-content";
import { LISTS, type SpecificationContent, specificationContent } from "./schema";
import { TEXT_LANGUAGES } from "./texts";

/** Says every key with its values, as messages do that leave nothing out. */
const words: FieldWords = {
  partner: "Partner",
  connector: "Vendor",
  t: (key, values) => `${key}(${Object.values(values ?? {}).join()})`,
  money: (amountMinor, currency) => `${amountMinor} ${currency}`,
  day: (on) => on,
  right: (path) => path,
  level: (level) => level,
  deliveryWay: (way) => way,
};

const hashOf = (content: SpecificationContent) =>
  contentHash({ integrationSlug: "orders", version: 1, content });
const readers = (before: SpecificationContent, after: SpecificationContent) =>
  TEXT_LANGUAGES.map((language) => ({ language, fields: listChangedFields(before, after, language) }));
const sortedLines = (lines: Line[]) => lines.map((line) => canonicalJson(line)).sort();

test("another hash means a difference in words for a reader, and no difference means the same hash", () => {
  fc.assert(
    fc.property(anyChange, ([before, after]) => {
      const differs = readers(before, after).some(({ fields }) => fields.length > 0);
      expect(hashOf(before) !== hashOf(after)).toBe(differs);
    }),
    { numRuns: 300 },
  );
});

test("each difference is one that its reader can see, and the language's hash tells the same", () => {
  fc.assert(
    fc.property(anyChange, ([before, after]) => {
      for (const { language, fields } of readers(before, after)) {
        const [old, now] = [before, after].map((content) => arrange(inLanguage(content, language), ""));
        if (!old || !now) throw new Error("two contents");
        for (const field of fields)
          expect(linesOf(old, field, words), field).not.toEqual(linesOf(now, field, words));
        const isSame =
          languageHash({ content: before }, language) === languageHash({ content: after }, language);
        expect(isSame).toBe(fields.length === 0);
      }
    }),
    { numRuns: 300 },
  );
});

/** The value with every list turned around whose order means nothing, or those whose order means something. */
function turn(value: unknown, kind: "ordered" | "unordered", path = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => turn(item, kind, path));
    return LISTS[path] === kind ? items.reverse() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, turn(item, kind, path === "" ? key : `${path}.${key}`)]),
  );
}

test("a list in another order is another list only where order means something", () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      const same = specificationContent.parse(turn(content, "unordered"));
      expect(hashOf(same)).toBe(hashOf(content));
      expect(readers(content, same).every(({ fields }) => fields.length === 0)).toBe(true);
      const other = specificationContent.parse(turn(content, "ordered"));
      expect(hashOf(other) !== hashOf(content)).toBe(
        readers(content, other).some(({ fields }) => fields.length > 0),
      );
    }),
    { numRuns: 200 },
  );
});

test("the order in which rights are shown does not change what they say", () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      const turned = inLanguage(specificationContent.parse(turn(content, "unordered")), "en");
      const shown = inLanguage(content, "en");
      for (const field of ["dataFlows", "technicalUser"] as const)
        expect(sortedLines(linesOf(turned, field, words))).toEqual(sortedLines(linesOf(shown, field, words)));
    }),
  );
});

test("every field stands in one section", () => {
  const sections = [...new Set(Object.values(SPECIFICATION_FIELDS).map(({ section }) => section))];
  expect(sections.flatMap(fieldsOf).sort()).toEqual(Object.keys(SPECIFICATION_FIELDS).sort());
  const shape = Object.keys(specificationContent.out.shape).filter((field) => field !== "schemaVersion");
  expect(Object.keys(SPECIFICATION_FIELDS).sort()).toEqual(shape.sort());
});

test.each([
  [3600, "duration.hours(1)"],
  [3620, "duration.hours(1) duration.seconds(20)"],
  [90_061, "duration.days(1) duration.hours(1) duration.minutes(1) duration.seconds(1)"],
])("%i seconds are said whole", (seconds, said) => {
  expect(durationWords(seconds, words)).toBe(said);
});
