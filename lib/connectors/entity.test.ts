import { createTranslator } from "next-intl";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { Locale } from "@/lib/core/locales";
import { getMessages } from "@/lib/platform/i18n/messages";
import { makeProcountorContext } from "@/testing/procountor-sandbox";
import { CAUSE_CODES, isCause, mendedBy, REJECTION_CAUSES, WAITING_CAUSES } from "./causes";
import {
  defineEntity,
  type Entity,
  type EntityId,
  type LookUpResult,
  type VendorRecord,
  type WriteInput,
  type WriteResult,
} from "./entity";
import { choiceField, dateField, decimalField, textField } from "./entity-field";
import { listColumns, readRow } from "./entity-row";
import { findFieldWords } from "./field-words";
import { CONNECTOR_IDS, getConnector } from "./registry";
import { withCredential } from "./with-credential";

const LOCALES = ["en", "fi", "nb", "sv", "da"] as const satisfies readonly Locale[];
const unused = () => Promise.reject(new Error("not called"));
const bills = defineEntity({
  id: "bills",
  keyField: "number",
  schema: z.strictObject({
    number: textField(10),
    day: dateField(),
    kind: choiceField(["BILL", "CREDIT"]).optional(),
    lines: z.array(z.strictObject({ text: textField(20), amount: decimalField(2) })).min(1),
  }),
  settings: z.strictObject({ account: textField(10), vat: textField(10).default("25.5") }),
  rights: [],
  check: ({ lines }, { vat }) =>
    lines.length > 2 || vat === "" ? [{ field: "lines", cause: "field_invalid" }] : [],
  write: unused,
  lookUp: unused,
  rejections: {},
});

const LINE = { text: "Tuning", amount: "12.50" };
const BILL = { number: "1001", day: "2026-11-30", lines: [LINE] };

test("an entity's verbs get its own rows and settings, and its key is one of its fields", () => {
  const own = { schema: z.strictObject({ number: textField(10) }), settings: z.strictObject({}) };
  type Own = Entity<string, typeof own.schema, typeof own.settings>;
  expectTypeOf<Parameters<Own["check"]>[0]>().toEqualTypeOf<{ number: string }>();
  expectTypeOf<Own["keyField"]>().toEqualTypeOf<"number">();
});

describe("a row", () => {
  const problemsOf = (row: unknown) =>
    readRow(bills, row).problems?.map(({ field, cause }) => `${field}: ${cause}`) ?? [];

  test("comes back as the schema's", () => {
    expect(readRow(bills, { ...BILL, kind: "credit" })).toEqual({
      row: { ...BILL, kind: "CREDIT" },
      problems: null,
    });
  });

  test.each<[string, unknown, string]>([
    ["without its key", { ...BILL, number: undefined }, "number: field_missing"],
    ["with an empty key", { ...BILL, number: "" }, "number: field_missing"],
    ["with a key that is too long", { ...BILL, number: "x".repeat(11) }, "number: field_too_long"],
    ["with a day that no calendar has", { ...BILL, day: "2026-02-30" }, "day: field_invalid"],
    ["with a date of another country", { ...BILL, day: "30.11.2026" }, "day: field_invalid"],
    ["with a kind that is none", { ...BILL, kind: "OFFER" }, "kind: field_invalid"],
    ["without lines", { ...BILL, lines: [] }, "lines: field_missing"],
    [
      "with an amount as a number",
      { ...BILL, lines: [{ ...LINE, amount: 12.5 }] },
      "lines.0.amount: amount_not_text",
    ],
    [
      "with a decimal comma",
      { ...BILL, lines: [{ ...LINE, amount: "12,50" }] },
      "lines.0.amount: field_invalid",
    ],
    [
      "with too many decimals",
      { ...BILL, lines: [{ ...LINE, amount: "1.234" }] },
      "lines.0.amount: field_invalid",
    ],
    [
      "with a control character",
      { ...BILL, lines: [{ ...LINE, text: "a\u0000b" }] },
      "lines.0.text: character_not_allowed",
    ],
    ["with a field that nobody knows", { ...BILL, colour: "red" }, "colour: field_unknown"],
    ["that is no object", "1001", "null: field_invalid"],
  ])("%s is refused by field and cause", (_what, row, problem) => {
    expect(problemsOf(row)).toEqual([problem]);
  });

  test("tells everything that is wrong with it at once", () => {
    expect(problemsOf({ day: "x", lines: [{}] })).toEqual([
      "number: field_missing",
      "day: field_invalid",
      "lines.0.text: field_missing",
      "lines.0.amount: field_missing",
    ]);
  });
});

test("the verbs of an entity get the connector's own credential, not the sealed text", async () => {
  type Ticket = { tenant: string };
  const codec = z.codec(z.string(), z.object({ tenant: z.string() }), {
    decode: (tenant) => ({ tenant }),
    encode: ({ tenant }) => tenant,
  });
  const seen: [EntityId, string][] = [];
  const record: VendorRecord = { vendorId: "7", label: "1001" };
  const written: WriteResult = { kind: "written", wasCreated: true, ...record };
  const found: LookUpResult = { kind: "ours", isSame: true, ...record };
  const entity = defineEntity<Ticket, typeof bills.schema, typeof bills.settings>({
    ...bills,
    keyField: "number",
    check: () => [],
    write: async (_context, { secret }) => {
      seen.push(["write", secret.tenant]);
      return written;
    },
    lookUp: async (_context, { secret }) => {
      seen.push(["lookUp", secret.tenant]);
      return found;
    },
    hasEnded: async (_context, { secret }) => {
      seen.push(["hasEnded", secret.tenant]);
      return true;
    },
  });
  const { manifest } = getConnector("procountor");
  const sealed = withCredential<Ticket>(codec, {
    manifest,
    consent: {
      kind: "authorize",
      covers: "one_environment",
      address: ({ now }, { returnUrl }) => ({ url: returnUrl, validUntil: now() }),
      redeem: unused,
      describeKey: unused,
      giveBack: unused,
    },
    parseReturn: () => null,
    verify: unused,
    probeKey: unused,
    entities: { bills: entity },
  }).entities?.bills;
  const context = makeProcountorContext("http://127.0.0.1:1");
  const key = { subject: { kind: "connection", connectionId: "c" } as const, secret: "Cust1" };
  const input: WriteInput = {
    row: {},
    settings: {},
    written: null,
    findWritten: unused,
    isUnderWay: unused,
    mark: "m",
  };
  expect(await sealed?.write(context, key, input)).toBe(written);
  expect(await sealed?.lookUp(context, key, input)).toBe(found);
  expect(await sealed?.hasEnded?.(context, key, "period_closed", input)).toBe(true);
  expect(seen).toEqual([
    ["write", "Cust1"],
    ["lookUp", "Cust1"],
    ["hasEnded", "Cust1"],
  ]);
});

test("a cause either ends a row or lets it wait", () => {
  const both = Object.keys(WAITING_CAUSES).filter((code) => Object.hasOwn(REJECTION_CAUSES, code));
  expect(both).toEqual([]);
});

test("a flat file has a column for each field, those of the lines by their path", () => {
  expect(listColumns(bills.schema)).toEqual([
    { name: "number", isRequired: true, isOfLine: false },
    { name: "day", isRequired: true, isOfLine: false },
    { name: "kind", isRequired: false, isOfLine: false },
    { name: "lines.text", isRequired: true, isOfLine: true },
    { name: "lines.amount", isRequired: true, isOfLine: true },
  ]);
});

test("fields that differ in a number alone share their words", () => {
  const has = (name: string) => ["text", "text2", "lines_amount"].includes(name);
  expect(findFieldWords("text07", has)).toEqual({ name: "text", number: 7 });
  expect(findFieldWords("text2", has)).toEqual({ name: "text2" });
  expect(findFieldWords("lines.amount", has)).toEqual({ name: "lines_amount" });
  expect(findFieldWords("amount1", has)).toBeNull();
});

test.each(LOCALES)("each cause has words in %s: what it is, and how it is mended", (locale) => {
  const words = createTranslator({ locale, messages: getMessages(locale) });
  type Key = Parameters<typeof words.has>[0];
  const missing = CAUSE_CODES.flatMap((code) =>
    ["title", "fix"].map((part) => `causes.${code}.${part}`),
  ).filter((key) => !words.has(key as Key));
  expect(missing).toEqual([]);
  expect(CAUSE_CODES.filter((code) => !isCause(code) || mendedBy(code) === undefined)).toEqual([]);
});

describe.each(
  CONNECTOR_IDS.flatMap((id) =>
    Object.values(getConnector(id).entities ?? {}).map((entity) => ({ id, entity })),
  ),
)("$entity.id of $id", ({ id, entity }) => {
  const { manifest, entities } = getConnector(id);

  test("is listed under its own id, and its key is a field that no row lacks", () => {
    expect(entities?.[entity.id]).toBe(entity);
    expect(listColumns(entity.schema)).toContainEqual({
      name: entity.keyField,
      isRequired: true,
      isOfLine: false,
    });
  });

  test("needs rights that the vendor's catalogue has", () => {
    expect(entity.rights.length).toBeGreaterThan(0);
    for (const { path, level } of entity.rights)
      expect(manifest.rights.find((right) => right.path === path)?.levels, path).toContain(level);
  });

  test.each(LOCALES)("has words in %s for itself, its fields and its settings", (locale) => {
    const words = createTranslator({ locale, messages: getMessages(locale) });
    type Key = Parameters<typeof words.has>[0];
    const own = `entities.${id}.${entity.id}`;
    const keys = [
      `${own}.name`,
      `${own}.one`,
      ...Object.keys(entity.settings.shape).map((name) => `${own}.settings.${name}`),
    ];
    expect(keys.filter((key) => !words.has(key as Key))).toEqual([]);
    const hasField = (name: string) => words.has(`${own}.fields.${name}` as Key);
    const columns = listColumns(entity.schema).map(({ name }) => name);
    expect(columns.filter((name) => findFieldWords(name, hasField) === null)).toEqual([]);
  });
});
