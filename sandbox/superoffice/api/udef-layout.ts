import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import type { Tenant, UserField, UserLayout } from "../model";
import type { StandIn } from "../stand-in";
import { requireAdministration } from "./lists";
import { refusal } from "./refusal";

/** Entities that have user-defined fields; tickets and messages have none. */
const TYPES = ["Contact", "Person", "Project", "Sale", "Appointment", "Document"];
const PATH = new RegExp(`^/v1/(${TYPES.join("|")})/UdefLayout(?:/(.+))?$`);
const FIELD_TYPES = [
  "Number",
  "ShortText",
  "LongText",
  "Date",
  "UnlimitedDate",
  "Checkbox",
  "List",
  "Decimal",
];

/** Columns of short text with an index that each entity has, and what fits into one. */
const INDEXED_SLOTS = 4;
const INDEXED_LENGTH = 39;

export function layoutOf({ store }: StandIn, { id }: Tenant, type: string): UserLayout {
  const { layouts } = store.state;
  layouts[id] ??= {};
  layouts[id][type] ??= { draft: [], published: [], hasChanges: false, nextId: 1 };
  return layouts[id][type];
}

/** The administration of user-defined fields: a layout is changed first, and used once it is published. */
export async function answerForLayout(
  standIn: StandIn,
  exchange: Exchange,
  tenant: Tenant,
  path: string,
): Promise<Answer | null> {
  const { method } = exchange;
  if (method === "POST" && path === "/v1/Agents/Configuration/RebuildUdefDeltas") {
    requireAdministration(standIn, tenant);
    return { status: 204 };
  }
  const [, type, rest = ""] = PATH.exec(path) ?? [];
  if (type === undefined) return null;
  const layout = layoutOf(standIn, tenant, type);
  if (method !== "GET") requireAdministration(standIn, tenant);
  const answer = await carryOut(standIn, exchange, { layout, type, rest: decodeURIComponent(rest) });
  standIn.store.save();
  return answer;
}

type Call = { layout: UserLayout; type: string; rest: string };

async function carryOut(standIn: StandIn, exchange: Exchange, call: Call): Promise<Answer | null> {
  const { layout, type, rest } = call;
  const ok = (body: unknown): Answer => ({ status: 200, body });
  switch (`${exchange.method} ${rest}`) {
    case "GET ":
      return ok(layout.draft);
    case "GET Published":
      return ok(layout.published);
    case "GET Changed":
      return ok(layout.hasChanges);
    case "GET Publish":
      return ok(false);
    case "POST ":
      return ok(makeField(layout, type, exchange.url.searchParams.get("udefFieldType") ?? "ShortText"));
    case "PUT ":
      return ok(saveFields(layout, await exchange.readJson()));
    case "POST Publish":
      return ok(publish(standIn, layout));
    case "POST Revert":
      layout.draft = structuredClone(layout.published);
      layout.hasChanges = false;
      return { status: 204 };
  }
  const ofPublished = /^Published\/(.+)$/.exec(rest)?.[1];
  if (exchange.method === "GET")
    return ok(find(ofPublished === undefined ? layout.draft : layout.published, ofPublished ?? rest));
  if (exchange.method !== "DELETE") return null;
  const field = find(layout.draft, rest);
  layout.draft = layout.draft.filter((one) => one !== field);
  layout.hasChanges = true;
  return { status: 204 };
}

function find(fields: readonly UserField[], progIdOrLabel: string): UserField {
  const field = fields.find(
    ({ ProgId, FieldLabel }) => ProgId === progIdOrLabel || FieldLabel === progIdOrLabel,
  );
  if (!field) throw refusal(404, "SoNotFoundException", `There is no field ${progIdOrLabel}.`);
  return field;
}

/** A field as a starting point; it is in no layout before it is saved. */
function makeField(layout: UserLayout, type: string, fieldType: string): UserField {
  if (!FIELD_TYPES.includes(fieldType))
    throw refusal(400, "SoUdefException", `${fieldType} is no type of a field.`);
  layout.nextId += 1;
  return {
    UDefFieldId: 0,
    ColumnId: 0,
    FieldLabel: "",
    FieldType: fieldType,
    IsIndexed: false,
    IsMandatory: false,
    IsReadOnly: false,
    Type: type,
    ProgId: `SuperOffice:${layout.nextId}`,
    TabOrder: layout.nextId,
    TextLength: fieldType === "ShortText" ? INDEXED_LENGTH : 0,
    Tooltip: "",
    UdefIdentity: layout.nextId,
    Version: 0,
    HasBeenPublished: false,
  };
}

/** Saves what is given beside what is there. */
function saveFields(layout: UserLayout, body: unknown): UserField[] {
  if (!Array.isArray(body)) throw refusal(400, "SoUdefException", "A list of fields is wanted.");
  for (const given of body) {
    const template = makeField(layout, "", "ShortText");
    const field: UserField = { ...template, ...given };
    const others = layout.draft.filter(({ UdefIdentity }) => UdefIdentity !== field.UdefIdentity);
    if (others.some(({ ProgId }) => ProgId === field.ProgId))
      throw refusal(400, "SoUdefException", `The programmatic id ${field.ProgId} is in use.`);
    if (field.IsIndexed) requireSlot(others, field);
    layout.draft = [...others, field];
  }
  layout.hasChanges = true;
  return layout.draft;
}

export function isIndexedText({ FieldType, IsIndexed }: UserField): boolean {
  return FieldType === "ShortText" && IsIndexed;
}

function requireSlot(others: readonly UserField[], field: UserField): void {
  if (field.TextLength > INDEXED_LENGTH)
    throw refusal(400, "SoUdefException", `An indexed text has at most ${INDEXED_LENGTH} characters.`);
  if (others.filter(isIndexedText).length >= INDEXED_SLOTS)
    throw refusal(400, "SoUdefException", "No more indexed fields of this type are available.");
}

/** All fields of the layout get new ids; their programmatic ids stay. */
function publish({ faults }: StandIn, layout: UserLayout): number {
  if (faults.failNextPublish) {
    faults.failNextPublish = false;
    throw refusal(400, "SoUdefException", "The layout could not be published.");
  }
  layout.published = layout.draft.map((field) => {
    layout.nextId += 1;
    return { ...field, UDefFieldId: layout.nextId, Version: field.Version + 1, HasBeenPublished: true };
  });
  layout.draft = structuredClone(layout.published);
  layout.hasChanges = false;
  return layout.nextId;
}
