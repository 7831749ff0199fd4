import type { Answer } from "../../web/answer-call";
import { HttpError } from "../../web/http-error";
import { type Route, route } from "../../web/router";
import { APIS } from "../data/crm";
import type { Tenant, UserField, UserLayout } from "../model";
import type { StandIn } from "../stand-in";
import { requireAdministration } from "./lists";
import { ok, refusal, type TenantCall, type TenantHandle } from "./tenant-call";

/** Entities that have user-defined fields; tickets and messages have none. */
export const WITH_FIELDS = ["Contact", "Person", "Project", "Sale", "Appointment", "Document"] as const;
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

/** A change of an entity's layout: it is used once it is published. */
const changing =
  (type: string, change: (layout: UserLayout, call: TenantCall) => Answer | Promise<Answer>): TenantHandle =>
  async (call) => {
    requireAdministration(call.standIn, call.tenant);
    const answer = await change(layoutOf(call.standIn, call.tenant, type), call);
    call.standIn.store.save();
    return answer;
  };

/** The administration of an entity's user-defined fields. */
export function makeLayoutRoutes(type: (typeof WITH_FIELDS)[number]): Route<TenantHandle>[] {
  const path = `/v1/${type}/UdefLayout`;
  const reading =
    (read: (layout: UserLayout, call: TenantCall) => unknown): TenantHandle =>
    (call) =>
      ok(read(layoutOf(call.standIn, call.tenant, type), call));
  return [
    route(
      "GET",
      path,
      reading(({ draft }) => draft),
    ),
    route(
      "GET",
      `${path}/Published`,
      reading(({ published }) => published),
    ),
    route(
      "GET",
      `${path}/Changed`,
      reading(({ hasChanges }) => hasChanges),
    ),
    route(
      "GET",
      `${path}/Publish`,
      reading(() => false),
    ),
    route(
      "GET",
      `${path}/Published/:field`,
      reading(({ published }, call) => find(published, call)),
    ),
    route(
      "GET",
      `${path}/:field`,
      reading(({ draft }, call) => find(draft, call)),
    ),
    route(
      "POST",
      path,
      changing(type, (layout, { exchange }) =>
        ok(makeField(layout, type, exchange.url.searchParams.get("udefFieldType") ?? "ShortText")),
      ),
    ),
    route(
      "PUT",
      path,
      changing(type, async (layout, { exchange }) => ok(saveFields(layout, await exchange.readJson()))),
    ),
    route(
      "POST",
      `${path}/Publish`,
      changing(type, (layout, call) => ok(publish(layout, type, call))),
    ),
    route(
      "POST",
      `${path}/Revert`,
      changing(type, (layout) => {
        layout.draft = structuredClone(layout.published);
        layout.hasChanges = false;
        return { status: 204 };
      }),
    ),
    route(
      "DELETE",
      `${path}/:field`,
      changing(type, (layout, call) => {
        const field = find(layout.draft, call);
        layout.draft = layout.draft.filter((one) => one !== field);
        layout.hasChanges = true;
        return { status: 204 };
      }),
    ),
  ];
}

/** `POST /v1/Agents/Configuration/RebuildUdefDeltas` */
export function rebuildUdefDeltas({ standIn, tenant }: TenantCall): Answer {
  requireAdministration(standIn, tenant);
  return { status: 204 };
}

function find(fields: readonly UserField[], { exchange }: TenantCall): UserField {
  const progIdOrLabel = exchange.param("field");
  const field = fields.find(
    ({ ProgId, FieldLabel }) => ProgId === progIdOrLabel || FieldLabel === progIdOrLabel,
  );
  // The vendor's document knows no body of this answer.
  if (!field) throw new HttpError(404, undefined);
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
function publish(layout: UserLayout, type: string, { standIn: { faults }, crm }: TenantCall): number {
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
  const api = APIS.find((one) => one === type);
  if (api) crm.userFields[api] = layout.published.map(({ ProgId }) => ProgId);
  return layout.nextId;
}
