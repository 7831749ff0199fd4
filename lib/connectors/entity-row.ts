import { z } from "zod";
import { isCause, REJECTION_CAUSES, type RejectionCause } from "./causes";
import type { Entity, RowProblem, RowSchema } from "./entity";

/** A column of a flat file for an entity: its exact name, and whether a row may come without it. */
export type EntityColumn = { name: string; isRequired: boolean; isOfLine: boolean };

export type ReadRow =
  | { row: Record<string, unknown>; problems: null }
  | { row: null; problems: RowProblem[] };

/** A delivered row by the entity's schema: every field that is wrong, each with its cause. */
export function readRow(entity: Pick<Entity, "schema">, fields: unknown): ReadRow {
  const read = entity.schema.safeParse(fields);
  if (read.success) return { row: read.data, problems: null };
  return { row: null, problems: read.error.issues.flatMap((issue) => toProblems(issue, fields)) };
}

function toProblems(issue: z.core.$ZodIssue, fields: unknown): RowProblem[] {
  const path = issue.path.map(String);
  const toField = (more: readonly string[]): string | null => [...path, ...more].join(".") || null;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ field: toField([key]), cause: "field_unknown" }));
  return [{ field: toField([]), cause: causeOf(issue, valueAt(fields, issue.path)) }];
}

function causeOf(issue: z.core.$ZodIssue, value: unknown): RejectionCause {
  if (value === undefined || value === "") return "field_missing";
  if (issue.code === "invalid_type" && typeof value === "number") return "amount_not_text";
  if (issue.code === "too_big") return "field_too_long";
  if (issue.code === "too_small") return "field_missing";
  const { cause } = issue.code === "custom" ? (issue.params ?? {}) : {};
  return typeof cause === "string" && isRejection(cause) ? cause : "field_invalid";
}

const isRejection = (code: string): code is RejectionCause =>
  isCause(code) && Object.hasOwn(REJECTION_CAUSES, code);

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    value,
  );
}

/** The columns of a flat file, in the schema's order; a list of lines gives one column for each of its fields. */
export function listColumns(schema: RowSchema): EntityColumn[] {
  return Object.entries(schema.shape).flatMap(([name, field]): EntityColumn[] => {
    const lines = findLines(field);
    if (!lines) return [{ name, isRequired: isRequired(field), isOfLine: false }];
    return Object.entries(lines.shape).map(([line, inner]) => ({
      name: `${name}.${line}`,
      isRequired: isRequired(inner),
      isOfLine: true,
    }));
  });
}

/** The object that a list field is made of; null when the field is a text. */
function findLines(field: unknown): RowSchema | null {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  return inner instanceof z.ZodArray && inner.element instanceof z.ZodObject ? inner.element : null;
}

const isRequired = (field: unknown): boolean =>
  field instanceof z.ZodType && !field.safeParse(undefined).success;
