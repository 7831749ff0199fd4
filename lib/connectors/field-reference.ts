import { z } from "zod";
import type { Entity, EntityId, FieldList } from "./entity";
import { type FieldKind, findKind } from "./entity-field";
import { listColumns } from "./entity-row";

/** What the reference says of one column of an entity's files, read from the schema that checks its rows. */
export type FieldDescription = {
  name: string;
  isKey: boolean;
  isRequired: boolean;
  isOfLine: boolean;
  kind: FieldKind;
  list: FieldList | null;
  /** The entity whose record the value names by its key. */
  parent: EntityId | null;
  nameAtVendor: string | null;
};

/** Each column in the schema's order. Throws for a field whose constructor does not say what it takes. */
export function describeFields(entity: Entity): FieldDescription[] {
  return listColumns(entity.schema).map(({ name, isRequired, isOfLine }) => {
    const kind = findKind(findColumn(entity, name));
    if (!kind) throw new Error(`${entity.id}.${name} does not say what it takes`);
    return {
      ...{ name, isRequired, isOfLine, kind, isKey: name === entity.keyField },
      list: entity.lists?.[name] ?? null,
      parent: entity.parents?.[name] ?? null,
      nameAtVendor: entity.nameAtVendor?.(name) ?? null,
    };
  });
}

/** The field of a column; `lines.unitPrice` is one of the objects in the list `lines`. */
export function findColumn({ schema }: Pick<Entity, "schema">, name: string): z.ZodType | null {
  const [first = "", inner] = name.split(".");
  const outer: unknown = schema.shape[first];
  if (inner === undefined) return outer instanceof z.ZodType ? outer : null;
  const list = outer instanceof z.ZodOptional ? outer.unwrap() : outer;
  if (!(list instanceof z.ZodArray) || !(list.element instanceof z.ZodObject)) return null;
  const found: unknown = list.element.shape[inner];
  return found instanceof z.ZodType ? found : null;
}

/** Fields that differ in their number alone stand in one row of a page: the first and the last of them. */
export type FieldRun = { first: FieldDescription; last: FieldDescription };

const NUMBERED = /^(.*?)(\d\d)$/;
const stemOf = ({ name }: FieldDescription): string | null => NUMBERED.exec(name)?.[1] ?? null;

export function groupFields(fields: readonly FieldDescription[]): FieldRun[] {
  const runs: FieldRun[] = [];
  for (const field of fields) {
    const run = runs.at(-1);
    const isNext =
      run !== undefined &&
      !field.isRequired &&
      stemOf(field) !== null &&
      stemOf(run.last) === stemOf(field) &&
      JSON.stringify(run.last.kind) === JSON.stringify(field.kind);
    if (isNext) run.last = field;
    else runs.push({ first: field, last: field });
  }
  return runs;
}
