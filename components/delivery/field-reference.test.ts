import { describe, expect, test } from "vitest";
import type { Entity } from "@/lib/connectors/entity";
import type { FieldKind } from "@/lib/connectors/entity-field";
import { describeFields, findColumn, groupFields } from "@/lib/connectors/field-reference";
import { findFieldWords } from "@/lib/connectors/field-words";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { createWords } from "@/lib/platform/i18n/messages";
import { describeRules, lengthOf } from "./field-rules";

const ENTITIES = CONNECTOR_IDS.flatMap((id) => {
  const { entities = {}, manifest } = getConnector(id);
  return Object.values(entities).map((entity) => ({ connector: manifest, entity }));
});
const FIELDS = ENTITIES.flatMap(({ connector, entity }) =>
  describeFields(entity).map(
    (field) => [`${connector.id} ${entity.id}.${field.name}`, entity, field] as const,
  ),
);

/** Values that a kind promises to take, and those that it promises to refuse. */
function probe(kind: FieldKind): { good: string[]; bad: string[] } {
  switch (kind.type) {
    case "text":
      return { good: ["x".repeat(kind.max)], bad: ["x".repeat(kind.max + 1), "a\u0007b"] };
    case "digits":
      return { good: ["7".repeat(kind.max)], bad: ["7".repeat(kind.max + 1), "7a"] };
    case "decimal":
      return {
        good: [`-1.${"5".repeat(kind.scale)}`, ...(kind.comma ? [`1,${"5".repeat(kind.scale)}`] : [])],
        bad: [`1.${"5".repeat(kind.scale + 1)}`, "1 000.5", "five", ...(kind.comma ? [] : ["1,5"])],
      };
    case "integer":
      return {
        good: [String(kind.from), String(kind.to)],
        bad: [String(kind.from - 1), String(kind.to + 1), "1.5"],
      };
    case "day":
      return { good: ["2026-11-30"], bad: kind.formatted ? [] : ["2026-02-30", "30.11.2026"] };
    case "choice":
      return { good: kind.values.flatMap((value) => [value, value.toLowerCase()]), bad: ["no such value"] };
    case "currency":
      return { good: ["EUR", "sek"], bad: ["EURO", "E1"] };
    case "country":
      return { good: ["FI", "se"], bad: ["FIN", "F1"] };
    case "email":
      return { good: ["a@example.com"], bad: ["a@example.com; b@example.com", "example.com"] };
  }
}

describe("the field reference", () => {
  test.each(FIELDS)("says of %s what its schema takes", (_, entity, { name, kind }) => {
    const schema = findColumn(entity, name);
    const { good, bad } = probe(kind);
    // Rules of a single field, e.g. of an IBAN, are narrower than its kind: then only the refusals are promised.
    for (const value of bad) expect(schema?.safeParse(value).success, `${value} of ${name}`).toBe(false);
    for (const value of good) expect(schema?.safeParse(value).success, `${value} of ${name}`).toBe(true);
  });

  test.each(ENTITIES)(
    "names lists and parents of $entity.id that are its columns",
    ({ connector, entity }) => {
      const columns = describeFields(entity).map(({ name }) => name);
      expect(columns).toEqual(expect.arrayContaining(Object.keys(entity.lists ?? {})));
      expect(columns).toEqual(expect.arrayContaining(Object.keys(entity.parents ?? {})));
      for (const parent of Object.values(entity.parents ?? {}))
        expect(Object.keys(getConnector(connector.id).entities ?? {})).toContain(parent);
    },
  );

  test("runs fields together that differ in their number alone, and no others", () => {
    const companies = getConnector("superoffice").entities?.companies;
    if (!companies) throw new Error("no companies");
    const runs = groupFields(describeFields(companies)).map(({ first, last }) => [first.name, last.name]);
    expect(runs).toContainEqual(["CompUserText01", "CompUserText20"]);
    expect(runs).toContainEqual(["CompUserKey01", "CompUserKey01"]);
    expect(runs).toContainEqual(["PostalAddress1", "PostalAddress1"]);
  });

  test("is the reference of the format for those who write a sender", async () => {
    await expect(ENTITIES.map(writeEntity).join("\n")).toMatchFileSnapshot(
      "../../docs/guides/integration-cloud/fields.md",
    );
  });
});

type Listed = { connector: { id: string; name: string }; entity: Entity };

const cellOf = (text: string | number): string => String(text).replaceAll("|", "\\|").replaceAll("\n", " ");

function writeEntity({ connector, entity }: Listed, index: number): string {
  const all = createWords("en");
  const t = (key: string, values?: Record<string, string | number>) =>
    all(`deliveries.fields.${key}`, values);
  const place = `entities.${connector.id}`;
  const wordsOf = (field: string): string => {
    const found = findFieldWords(field, (name) => all.has(`${place}.${entity.id}.fields.${name}`));
    return found ? all(`${place}.${entity.id}.fields.${found.name}`, { number: found.number ?? 0 }) : field;
  };
  const names = { connector: connector.name, entity: (id: string) => all(`${place}.${id}.name`) };
  const rows = groupFields(describeFields(entity)).map(({ first, last }) => {
    const isSpan = first !== last;
    const name = isSpan ? `\`${first.name}\` to \`${last.name}\`` : `\`${first.name}\``;
    const rules = describeRules(t, isSpan ? { ...first, nameAtVendor: null } : first, names);
    const named =
      isSpan && first.nameAtVendor
        ? [`Written to \`${first.nameAtVendor}\` and so on, which have to exist.`]
        : [];
    return [
      name,
      isSpan ? `${wordsOf(first.name)} to ${wordsOf(last.name)}` : wordsOf(first.name),
      t(`types.${first.kind.type}`),
      lengthOf(first.kind) ?? "",
      first.list?.list ?? "",
      first.isRequired ? "yes" : "",
      [...rules, ...named].join(" "),
    ];
  });
  const head = ["field", "what it holds", "type", "length", "list", "required", "rules"];
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cellOf).join(" | ")} |`);
  return `${index === 0 ? INTRO : ""}## ${connector.name}: ${names.entity(entity.id)}

Files: \`${[...(entity.fileNames ?? []), entity.id].join("`, `")}\`. Key: \`${entity.keyField}\`.

${table.join("\n")}
`;
}

const INTRO = `# Fields of each kind of record

Made from the schemas that check rows (\`lib/connectors/<id>/entities/\`) by \`components/delivery/field-reference.test.ts\`, which fails when this page
is older than they are; \`npx vitest run components/delivery/field-reference.test.ts -u\` writes it anew. A customer finds the same under
*All fields and their rules* of a connection, as a page and as CSV. How files are sent: [the format](README.md).

`;
