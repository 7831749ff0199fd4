import type { Entity } from "@/lib/connectors/entity";
import { listColumns } from "@/lib/connectors/entity-row";
import type { RowField } from "./schema";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const toText = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);

/** Every field that the entity knows, with what the row has in it; null for a row that is no object. */
export function listRowFields({ schema }: Pick<Entity, "schema">, row: unknown): RowField[] | null {
  if (!isObject(row)) return null;
  const columns = listColumns(schema);
  const own = columns
    .filter(({ isOfLine }) => !isOfLine)
    .map(({ name, isRequired }) => ({
      ...{ path: name, column: name, line: null },
      ...{ value: toText(row[name]), isRequired },
    }));
  const ofLines = columns.filter(({ isOfLine }) => isOfLine);
  const [list] = ofLines[0]?.name.split(".") ?? [];
  const given = list === undefined ? [] : row[list];
  const lines = Array.isArray(given) && given.length > 0 ? given : [{}];
  return [
    ...own,
    ...lines.flatMap((line: unknown, index) =>
      ofLines.map(({ name, isRequired }) => {
        const inner = name.slice(`${list}.`.length);
        return {
          ...{ path: `${list}.${index}.${inner}`, column: name, line: index },
          ...{ value: toText(isObject(line) ? line[inner] : undefined), isRequired },
        };
      }),
    ),
  ];
}

const MOST_LINES = 1_000;

/** The row that a form of `listRowFields` sends: empty fields are left out, and so is a line without any. */
export function readRowForm(
  { schema }: Pick<Entity, "schema">,
  given: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  const lists = new Map<string, Map<number, Record<string, string>>>();
  const columns = new Map(listColumns(schema).map((column) => [column.name, column]));
  for (const [path, text] of given) {
    const value = text.trim();
    const [, list = "", index = "", inner = ""] = /^(\w+)\.(\d{1,4})\.(\w+)$/.exec(path) ?? [];
    if (value === "") continue;
    if (list === "" && columns.get(path)?.isOfLine === false) row[path] = value;
    if (!columns.has(`${list}.${inner}`) || Number(index) >= MOST_LINES) continue;
    const lines = lists.get(list) ?? new Map<number, Record<string, string>>();
    lists.set(list, lines.set(Number(index), { ...lines.get(Number(index)), [inner]: value }));
  }
  for (const [list, lines] of lists)
    row[list] = [...lines].toSorted(([a], [b]) => a - b).map(([, line]) => line);
  return row;
}
