import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { contentHash, languageHash, structureHash } from "./content-hash";
import { integrationFile } from "./import-file";
import { arrange, inLanguage, listChangedFields, readContent, readMain } from "./read-content";
import { LISTS, type StoredContent, specificationContent } from "./schema";
import { isText } from "./texts";

type Golden = { integrationSlug: string; version: number; contentHash: string; content: StoredContent };

const read = (path: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8"));
const golden = (shape: number): Golden[] => read(`testing/golden/specifications-${shape}.json`);
const both = [...golden(1), ...golden(2)];

describe("versions that were stored before", () => {
  test.each(both)(
    "$integrationSlug, version $version, keeps its hash",
    ({ contentHash: kept, ...stored }) => {
      expect(contentHash(stored)).toBe(kept);
    },
  );

  test.each(both)("$integrationSlug, version $version, is read in the newest shape", ({ content }) => {
    expect(specificationContent.parse(readContent(content)).schemaVersion).toBe(2);
  });

  test("the first shape keeps its words, in a language that is not known", () => {
    const content = readContent(golden(1)[0]?.content ?? {});
    expect(content.name).toEqual({ und: "Esimerkki Orders" });
    expect(inLanguage(content, "fi")).toMatchObject({
      name: "Esimerkki Orders",
      languages: { name: "und", terms: "und", cap: "fi" },
    });
    expect(structureHash({ content: golden(1)[0]?.content ?? {} })).toBeNull();
  });

  test("a shape of a newer release is refused by its number", () => {
    expect(() => readContent({ schemaVersion: 9 })).toThrow("the shape 9");
  });
});

describe("what hashes are about", () => {
  const stored = golden(2)[0];
  if (!stored) throw new Error("no golden version");
  const content = readContent(stored.content);
  const hashOf = (changed: StoredContent) => contentHash({ ...stored, content: changed });

  test("a default of a later field is no part of a stored version's hash", () => {
    const { settings: _, ...bytes } = content;
    expect(languageHash({ content: bytes }, "en")).not.toBe(languageHash({ content }, "en"));
  });

  test("another language changes its own hash, and neither the structure nor the others", () => {
    const changed = { ...stored.content, summary: { ...content.summary, sv: "Något annat." } };
    expect(hashOf(changed)).not.toBe(stored.contentHash);
    expect(structureHash({ content: changed })).toBe(structureHash(stored));
    expect(languageHash({ content: changed }, "fi")).toBe(languageHash(stored, "fi"));
    expect(languageHash({ content: changed }, "sv")).not.toBe(languageHash(stored, "sv"));
  });

  test("the text of a privacy policy is part of the hash of its language", () => {
    const body = { en: "We keep little.", fi: "Säilytämme vähän." };
    const policy = { version: "1", updatedOn: "2026-11-01", body };
    const before = { ...content, privacyPolicy: policy };
    const after = { ...content, privacyPolicy: { ...policy, body: { ...body, fi: "Emme säilytä." } } };
    expect(hashOf(before)).not.toBe(stored.contentHash);
    expect(languageHash({ content: after }, "en")).toBe(languageHash({ content: before }, "en"));
    expect(languageHash({ content: after }, "fi")).not.toBe(languageHash({ content: before }, "fi"));
    expect(listChangedFields(readContent(before), readContent(after), "fi")).toEqual(["privacyPolicy"]);
    expect(listChangedFields(readContent(before), readContent(after), "en")).toEqual([]);
  });

  test("a policy's address is the same under the name that it was stored by before", () => {
    const { privacyPolicy: _, ...rest } = content;
    const url = "https://partner.example/privacy";
    const old = readContent({ ...rest, privacyPolicyUrl: url } as StoredContent);
    const now = readContent({ ...rest, privacyPolicy: { url } } as StoredContent);
    expect(old).toEqual(now);
    const dated = { ...now, privacyPolicy: { url, version: "2", updatedOn: "2026-11-01" } };
    expect(listChangedFields(old, dated, "en")).toEqual(["privacyPolicy"]);
  });

  test("the same words under another version's number have the same hash", () => {
    expect(contentHash({ ...stored, version: 7 })).toBe(stored.contentHash);
  });
});

type JsonSchema = {
  type?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
};

function listPaths(schema: JsonSchema, path: string): string[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => listPaths(one, path));
  const fields = Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
    listPaths(one, path === "" ? key : `${path}.${key}`),
  );
  const { additionalProperties: named } = schema;
  const others = typeof named === "object" ? listPaths(named, `${path}.*`) : [];
  const items = schema.items ? [path, ...listPaths(schema.items, path)] : [];
  return [...inner, ...fields, ...others, ...items];
}

test("every list says whether its order means something", () => {
  const paths = listPaths(z.toJSONSchema(specificationContent, { unrepresentable: "any" }) as JsonSchema, "");
  expect([...new Set(paths)].sort()).toEqual(Object.keys(LISTS).sort());
});

test("no field has a language's code for its name: that is how a text is known", () => {
  const named = both.map(({ content }) => arrange(content, ""));
  expect(named.filter(isText)).toEqual([]);
  expect(isText({ en: "Invoices" })).toBe(true);
  expect(isText({ en: "Invoices", kind: "none" })).toBe(false);
});

describe("the import file", () => {
  const file = read("docs/guides/examples/integration.json");
  const errorsOf = (content: unknown): string[] =>
    integrationFile
      .safeParse({ ...file, content })
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  const old = golden(1)[0]?.content;

  test("takes both shapes", () => {
    expect(errorsOf(file.content)).toEqual([]);
    expect(errorsOf(old)).toEqual([]);
    expect(readMain(integrationFile.parse({ ...file, content: old }).content).name).toBe("Esimerkki Orders");
  });

  test.each<[string, object, string]>([
    [
      "a text without its main language",
      { summary: { fi: "Tiivistelmä" } },
      'content.summary: has no text in the main language "en"',
    ],
    [
      "one string for a text",
      { summary: "Summary" },
      'content.summary: a text per language is needed, as in {"en": "Invoices"}',
    ],
    ["a language that is not known", { mainLanguage: "de" }, "content.mainLanguage: one of the languages"],
    ["no language", { mainLanguage: "und" }, "content.mainLanguage: say which language you wrote first"],
    ["a shape that is not known", { schemaVersion: 3 }, "content.schemaVersion: 1 or 2 is known"],
    [
      "texts in the old shape",
      { schemaVersion: 1 },
      'content.schemaVersion: texts in languages need "schema',
    ],
    [
      "a privacy policy's text without a date",
      { privacyPolicy: { version: "1", body: { en: "Little." } } },
      "content.privacyPolicy.updatedOn: a text, or one with a version, needs its date",
    ],
    [
      "a privacy policy's address that is a script",
      { privacyPolicy: undefined, privacyPolicyUrl: "javascript:alert(1)" },
      "content.privacyPolicy.url: Invalid URL",
    ],
    ["a field that is not known", { cpa: 3 }, 'content: Unrecognized key: "cpa"'],
    [
      "a frequency in words",
      {
        dataFlows: [
          {
            what: { en: "Invoices" },
            direction: "both",
            frequency: { kind: "words", words: { en: "often" } },
            master: "vendor",
          },
        ],
      },
      "content.dataFlows.0.frequency: a number and a unit are needed",
    ],
  ])("refuses %s and says what to write", (_, change, words) => {
    expect(errorsOf({ ...file.content, ...change }).join("\n")).toContain(words);
  });

  test("says what is wrong with a file in the old shape", () => {
    expect(errorsOf({ ...old, cap: 0 }).join()).toContain("content.cap");
  });
});
