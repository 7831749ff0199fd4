import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { Entity } from "@/lib/connectors/entity";
import { listColumns } from "@/lib/connectors/entity-row";
import { findColumn } from "@/lib/connectors/field-reference";

/** Values that a field is tried with, the plainest first: what a schema says of a value is told by what it takes. */
const candidates = (today: string, own: string): string[] => [
  own,
  today,
  "10.00",
  "1",
  "EUR",
  "FI",
  "sample@example.com",
  "1234567-1",
  "https://example.com/",
];
const NOT_TEXT = "no amount and no day";

type Column = { name: string; field: z.ZodType; isRequired: boolean };

function listChoices(field: z.ZodType): string[] {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  const values = inner instanceof z.ZodPipe ? inner.out : inner;
  return values instanceof z.ZodEnum ? values.options.map(String) : [];
}

/** A value that the schema takes; a text says whose it is. */
function sampleValue({ name, field }: Column, today: string): string {
  const words = `Sample ${name.split(".").at(-1)}`;
  const isText = field.safeParse(NOT_TEXT).success;
  const tried = isText ? [words] : [...listChoices(field), ...candidates(today, words)];
  return tried.find((value) => field.safeParse(value).success) ?? words.slice(0, 3);
}

/**
 * A file as a customer may send it: the envelope with its IntegrationID, the columns that the entity asks for and those that it
 * gives a sample of, two records. Where a record has lines, the second one has two.
 */
export function makeSampleFile(
  entity: Entity,
  integrationId: string,
  today = new Date().toISOString().slice(0, 10),
): { name: string; content: string } {
  const { samples = {} } = entity;
  const columns = listColumns(entity.schema).flatMap(({ name, isRequired }): Column[] => {
    const field = findColumn(entity, name);
    const isShown = isRequired || name === entity.keyField || Object.hasOwn(samples, name);
    return field && isShown ? [{ name, field, isRequired }] : [];
  });
  const hasLines = columns.some(({ name }) => name.includes("."));
  const rowOf = (key: string): string[] => [
    integrationId,
    ...columns.map((column) =>
      column.name === entity.keyField ? key : (samples[column.name] ?? sampleValue(column, today)),
    ),
    integrationId,
  ];
  const rows = [
    ["IntegrationID", ...columns.map(({ name }) => name), "IntegrationIDCheck"],
    ...["SAMPLE-1", "SAMPLE-2", ...(hasLines ? ["SAMPLE-2"] : [])].map(rowOf),
  ];
  return {
    name: `${entity.id}-sample.csv`,
    content: `\ufeff${stringify(rows, { delimiter: ";", record_delimiter: "\r\n" })}`,
  };
}
