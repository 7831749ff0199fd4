import { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import type { SystemCredential } from "../credential";
import { callAsSystemUser, readAsSystemUser } from "../system-user";

/** Whose layout of user-defined fields: the tenant's key, and the entity as the web API names it. */
export type Layout = { context: ConnectorContext; key: HeldKey<SystemCredential>; resource: string };

const userField = z.looseObject({
  ProgId: z.string().nullish(),
  FieldLabel: z.string().nullish(),
  FieldType: z.string().nullish(),
  TextLength: z.number().nullish(),
  IsIndexed: z.boolean().nullish(),
  IsReadOnly: z.boolean().nullish(),
  IsMandatory: z.boolean().nullish(),
  UdefIdentity: z.number().nullish(),
});
export type UserField = z.infer<typeof userField>;

/** Of short texts 39 characters fit into an indexed column, and an entity has four of those. */
const KEY_LENGTH = 39;
const INDEXED_SLOTS = 4;

async function read<Shape extends z.ZodType>(
  { context, key, resource }: Layout,
  path: string,
  shape: Shape,
): Promise<z.infer<Shape>> {
  const operation = `GET /v1/{entity}/UdefLayout${path}`;
  const answer = await readAsSystemUser(context, key, {
    operation,
    path: `/v1/${resource}/UdefLayout${path}`,
  });
  return parseAnswer(context, operation, shape, answer);
}

/** The layout as the administrator's tool shows it: what was changed and is not published yet included. */
export const listDraftFields = (layout: Layout): Promise<UserField[]> => read(layout, "", z.array(userField));
const listPublishedFields = (layout: Layout): Promise<UserField[]> =>
  read(layout, "/Published", z.array(userField));
const isChanged = (layout: Layout): Promise<boolean> => read(layout, "/Changed", z.boolean());

export function hasFreeSlot(fields: readonly UserField[]): boolean {
  const taken = fields.filter(({ FieldType, IsIndexed }) => FieldType === "ShortText" && IsIndexed);
  return taken.length < INDEXED_SLOTS;
}

/** Whether a field that is there already can hold keys. */
export function canHoldKeys({ FieldType, TextLength, IsIndexed }: UserField): boolean {
  return FieldType === "ShortText" && (TextLength ?? 0) >= KEY_LENGTH && IsIndexed === true;
}

const factsOf = (field: UserField): string =>
  JSON.stringify([
    field.ProgId,
    field.FieldLabel,
    field.FieldType,
    field.TextLength,
    field.IsIndexed,
    field.IsReadOnly,
    field.IsMandatory,
  ]);

/**
 * Whether an administrator has changes in the layout that are not published: publishing ours would publish theirs. `own`: the
 * field that we added to the layout, or take out of it.
 */
export async function hasForeignChanges(layout: Layout, own: string): Promise<boolean> {
  if (!(await isChanged(layout))) return false;
  const [draft, published] = [await listDraftFields(layout), await listPublishedFields(layout)];
  const without = (fields: readonly UserField[]) =>
    fields
      .filter(({ ProgId }) => ProgId !== own)
      .map(factsOf)
      .sort()
      .join();
  if (without(draft) !== without(published)) return true;
  // A change that the fields do not show, e.g. of their places, is an administrator's when the connector made none.
  const has = (fields: readonly UserField[]) => fields.some(({ ProgId }) => ProgId === own);
  return has(draft) === has(published);
}

async function change(
  { context, key, resource }: Layout,
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<unknown> {
  const operation = `${method} /v1/{entity}/UdefLayout${method === "DELETE" ? "/{progid}" : path.replace(/\?.*$/, "")}`;
  return callAsSystemUser(context, key, {
    operation,
    method,
    path: `/v1/${resource}/UdefLayout${path}`,
    ...(body !== undefined && { body }),
  });
}

/** Adds a field to the layout, unpublished. May leave nothing behind when it dies before the second call. */
export async function addKeyField(layout: Layout, progId: string, words: { label: string; tooltip: string }) {
  const operation = "POST /v1/{entity}/UdefLayout";
  const answer = await change(layout, "POST", "?udefFieldType=ShortText");
  const draft = parseAnswer(layout.context, operation, userField, answer);
  const field = {
    ...draft,
    ProgId: progId,
    FieldLabel: words.label,
    Tooltip: words.tooltip,
    TextLength: KEY_LENGTH,
    IsIndexed: true,
    IsReadOnly: true,
  };
  const saved = await change(layout, "PUT", "", [field]);
  const fields = parseAnswer(layout.context, "PUT /v1/{entity}/UdefLayout", z.array(userField), saved);
  return fields.find(({ ProgId }) => ProgId === progId) ?? null;
}

export async function removeField(layout: Layout, progId: string): Promise<void> {
  await ifThere(change(layout, "DELETE", `/${encodeURIComponent(progId)}`));
}

/** Null instead of the vendor's 404. */
async function ifThere<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not_found") return null;
    throw error;
  }
}

export async function isPublished(layout: Layout, progId: string): Promise<boolean> {
  return (await ifThere(read(layout, `/Published/${encodeURIComponent(progId)}`, userField))) !== null;
}

/** Publishes the layout and has the columns built. `unavailable` while another publication runs. */
export async function publish(layout: Layout): Promise<void> {
  const isRunning = await read(layout, "/Publish", z.boolean());
  if (isRunning)
    throw new ConnectorError("unavailable", {
      ...noAnswer("GET /v1/{entity}/UdefLayout/Publish", layout.context.now()),
      messages: ["A publication is under way."],
    });
  await change(layout, "POST", "/Publish");
  await rebuild(layout);
}

/** Has the search columns of user-defined fields built; may be asked for at any time. */
export async function rebuild({ context, key }: Layout): Promise<void> {
  const path = "/v1/Agents/Configuration/RebuildUdefDeltas";
  await callAsSystemUser(context, key, { operation: `POST ${path}`, method: "POST", path });
}
