import { z } from "zod";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { isRecord, readEach } from "@/lib/connectors/read-each";
import type { Caller } from "../token";
import { readResource, sendChange } from "../vendor-client";

/** A record of a company's register with all of its fields: a change has to send those that it leaves alone. */
const registered = z.looseObject({ id: z.number().int(), version: z.string().nullish() });
export type Registered = z.infer<typeof registered>;

type Register = { path: "/businesspartners" | "/products"; idName: string };

const PAGE_SIZE = 200;
/** 10,000 rows under one number: a search by a part of a code may find many. */
const MOST_PAGES = 50;
const listAnswer = z.object({ results: z.array(z.unknown()).nullish() });

/** All rows that a search finds, page after page by their ids. */
export async function searchRegister(
  context: ConnectorContext,
  caller: Caller,
  { path }: Register,
  query: Record<string, string>,
): Promise<Registered[]> {
  const operation = `GET ${path}`;
  const rows: Registered[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const last = rows.at(-1)?.id;
    const search = new URLSearchParams({
      ...query,
      orderById: "ASC",
      size: String(PAGE_SIZE),
      ...(last !== undefined && { previousId: String(last) }),
    });
    const answer = await readResource(context, caller, operation, `${path}?${search}`);
    const { results } = parseAnswer(context, operation, listAnswer, answer);
    const { read } = readEach(registered, results);
    rows.push(...read);
    if ((results ?? []).length < PAGE_SIZE || read.length === 0) return rows;
  }
  context.log.warn({ operation, rows: rows.length }, "a register was not searched to its end");
  return rows;
}

export async function findRegistered(
  context: ConnectorContext,
  caller: Caller,
  { path, idName }: Register,
  id: string,
): Promise<Registered | null> {
  const operation = `GET ${path}/{${idName}}`;
  try {
    const answer = await readResource(context, caller, operation, `${path}/${encodeURIComponent(id)}`);
    return parseAnswer(context, operation, registered, answer);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not_found") return null;
    throw error;
  }
}

/** Makes the record, or changes the one that is there: with all that it has besides, since a PUT replaces the whole of it. */
export async function saveRegistered(
  context: ConnectorContext,
  caller: Caller,
  { path, idName }: Register,
  { there, fields }: { there: Registered | null; fields: Record<string, unknown> },
): Promise<Registered> {
  const call = there
    ? ({ operation: `PUT ${path}/{${idName}}`, method: "PUT", path: `${path}/${there.id}` } as const)
    : ({ operation: `POST ${path}`, method: "POST", path } as const);
  const body = there ? mergeFields(there, fields) : fields;
  return parseAnswer(
    context,
    call.operation,
    registered,
    await sendChange(context, caller, { ...call, body }),
  );
}

/** Fields of fields are merged as well; files of a record are not sent again. */
function mergeFields(
  there: Record<string, unknown>,
  fields: Record<string, unknown>,
): Record<string, unknown> {
  const { attachments: _attachments, ...kept } = there;
  const merged = Object.entries(fields).map(([name, value]) => {
    const held = there[name];
    return [name, isRecord(value) && isRecord(held) ? mergeFields(held, value) : value];
  });
  return { ...kept, ...Object.fromEntries(merged) };
}

/** Whether the record has what the row says already. */
export function hasFields(there: Record<string, unknown>, fields: Record<string, unknown>): boolean {
  return Object.entries(fields).every(([name, value]) => {
    const held = there[name];
    if (isRecord(value)) return isRecord(held) && hasFields(held, value);
    return typeof value === "number" ? Number(held) === value : String(held ?? "") === String(value ?? "");
  });
}

/** Text at a path of a record; null for none. */
export function textAt(record: Record<string, unknown>, ...path: string[]): string | null {
  const value = path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), record);
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
}
