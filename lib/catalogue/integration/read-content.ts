import { z } from "zod";
import { canonicalJson } from "@/lib/core/canonical-json";
import type { Locale } from "@/lib/core/locales";
import {
  LISTS,
  type ShownContent,
  type SpecificationContent,
  type SpecificationField,
  type StoredContent,
  specificationContent,
} from "./schema";
import { languageOfField, mapTexts, type TextLanguage, UNDECLARED } from "./texts";
import { contentVersion1, upgradeVersion1 } from "./version1";

const shape = z.looseObject({ schemaVersion: z.number().int().default(1) });

/** A stored version, whatever its shape, in the newest one. Throws for a shape that this release does not know. */
export function readContent(stored: StoredContent): SpecificationContent {
  const { schemaVersion } = shape.parse(stored);
  switch (schemaVersion) {
    case 1:
      return upgradeVersion1(contentVersion1.parse(stored), UNDECLARED);
    case 2:
      return specificationContent.parse(stored);
    default:
      throw new Error(`a specification of the shape ${schemaVersion} was stored by a newer release`);
  }
}

/** A stored version as a reader of `locale` gets it. */
export function readShown(stored: StoredContent, locale: Locale): ShownContent {
  return inLanguage(readContent(stored), locale);
}

/** A stored version in the language that its partner wrote first: for other software, which has no language. */
export function readMain(stored: StoredContent): ShownContent {
  const content = readContent(stored);
  return inLanguage(content, content.mainLanguage);
}

/** The content in one language; each field falls back to the main language as a whole. */
export function inLanguage(content: SpecificationContent, wanted: TextLanguage): ShownContent {
  const { schemaVersion: _, ...fields } = content;
  return { ...resolve(fields, wanted), languages: languagesOf(fields, wanted) } as ShownContent;
}

type Fields = { mainLanguage: TextLanguage };

function languagesOf(fields: Fields, wanted: TextLanguage): Record<string, TextLanguage> {
  const { mainLanguage } = fields;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, languageOfField(value, wanted, mainLanguage)]),
  );
}

/** Every field with one language's string in the place of its texts. */
export function resolve(fields: Fields, wanted: TextLanguage): Record<string, unknown> {
  const languages = languagesOf(fields, wanted);
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      mapTexts(value, (text) => text[languages[field] ?? fields.mainLanguage]),
    ]),
  );
}

/** The value with its lists sorted where their order means nothing. `path` is the way to the value in a specification. */
export function arrange<T>(value: T, path: string): T;
export function arrange(value: unknown, path: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => arrange(item, path));
    // Ways of sending invoices have names of the connector's.
    const list = path.replace(/^(requirements\.delivery)\.\w+\./, "$1.*.");
    if (LISTS[list] !== "unordered") return items;
    const keyed = items.map((item) => ({ item, key: canonicalJson(item) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, arrange(item, path === "" ? key : `${path}.${key}`)]),
  );
}

/** The fields in which two contents differ for a reader of `language`, in the order of `before` and then of `after`. */
export function listChangedFields(
  before: SpecificationContent,
  after: SpecificationContent,
  language: TextLanguage,
): SpecificationField[] {
  const [old, now] = [inLanguage(before, language), inLanguage(after, language)];
  const { languages: _, ...fields } = { ...old, ...now };
  return (Object.keys(fields) as SpecificationField[]).filter(
    (field) => canonicalJson(arrange(old[field], field)) !== canonicalJson(arrange(now[field], field)),
  );
}
