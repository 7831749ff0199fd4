import { z } from "zod";
import { isCause, REJECTION_CAUSES, type RejectionCause } from "./causes";
import type { Entity, RowProblem, RowSchema } from "./entity";

/** A column of a flat file for an entity: its exact name, and whether a row may come without it. */
export type EntityColumn = { name: string; isRequired: boolean; isOfLine: boolean };

export type ReadRow =
  | { row: Record<string, unknown>; problems: null }
  | { row: null; problems: RowProblem[] };

/** What is wrong beyond this many things adds nothing that mends a row. */
const MOST_PROBLEMS = 50;
/**
 * A name as fields have it. Another one is the sender's content, and no part of a problem's place: that place stands unsealed in the
 * database, where control characters and halves of characters cannot.
 */
const FIELD_NAME = /^[\p{L}_][\p{L}\p{N}_ :/-]{0,63}$/u;

/** A delivered row by the entity's schema: every field that is wrong, each with its cause; of very many the first ones. */
export function readRow(entity: Pick<Entity, "schema">, fields: unknown): ReadRow {
  const read = entity.schema.safeParse(fields);
  if (read.success) return { row: read.data, problems: null };
  const problems: RowProblem[] = [];
  for (const issue of read.error.issues) {
    problems.push(...toProblems(issue, fields));
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return { row: null, problems: problems.slice(0, MOST_PROBLEMS) };
}

function toProblems(issue: z.core.$ZodIssue, fields: unknown): RowProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys
      .slice(0, MOST_PROBLEMS)
      .map((key) => ({ field: toField([...issue.path, key]), cause: "field_unknown" }));
  return [{ field: toField(issue.path), cause: causeOf(issue, valueAt(fields, issue.path)) }];
}

/** As far as the path consists of names and of numbers in a list; null for the whole row. */
function toField(path: readonly PropertyKey[]): string | null {
  const odd = path.findIndex((step) => typeof step !== "number" && !FIELD_NAME.test(String(step)));
  return path.slice(0, odd < 0 ? undefined : odd).join(".") || null;
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
