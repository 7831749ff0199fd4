import { crmOf } from "../api/tenant-call";
import { isIndexedText, layoutOf } from "../api/udef-layout";
import { APIS } from "../data/crm";
import type { Tenant, UserField, UserLayout } from "../model";
import type { StandIn } from "../stand-in";

function makeField(layout: UserLayout, type: string, progId: string, isIndexed: boolean): UserField {
  layout.nextId += 1;
  return {
    UDefFieldId: layout.nextId,
    ColumnId: layout.nextId,
    FieldLabel: progId,
    FieldType: "ShortText",
    IsIndexed: isIndexed,
    IsMandatory: false,
    IsReadOnly: false,
    Type: type,
    ProgId: progId,
    TabOrder: layout.nextId,
    TextLength: 39,
    Tooltip: "",
    UdefIdentity: layout.nextId,
    Version: 1,
    HasBeenPublished: true,
  };
}

function add(standIn: StandIn, tenant: Tenant, type: string, field: UserField): void {
  const layout = layoutOf(standIn, tenant, type);
  layout.draft.push(field);
  layout.published.push(structuredClone(field));
  const api = APIS.find((one) => one === type);
  if (api) crmOf(standIn, tenant.id).userFields[api].push(field.ProgId);
}

/** Fields of others take every indexed column that is free. */
export function takeSlots(standIn: StandIn, tenant: Tenant, type: string): void {
  const layout = layoutOf(standIn, tenant, type);
  for (let slot = layout.draft.filter(isIndexedText).length; slot < 4; slot++)
    add(standIn, tenant, type, makeField(layout, type, `Other:Field${slot}`, true));
}

/** A field that was there before any integration. */
export function makeKeyField(standIn: StandIn, tenant: Tenant, type: string, progId: string): void {
  const layout = layoutOf(standIn, tenant, type);
  add(standIn, tenant, type, makeField(layout, type, progId, true));
}

/** An administrator is in the middle of changing the layout. */
export function changeLayout(standIn: StandIn, tenant: Tenant, type: string): void {
  const layout = layoutOf(standIn, tenant, type);
  layout.draft.push(makeField(layout, type, `Own:Draft${layout.nextId}`, false));
  layout.hasChanges = true;
}

export function publishAsAdministrator(standIn: StandIn, tenant: Tenant, type: string): void {
  const layout = layoutOf(standIn, tenant, type);
  layout.published = structuredClone(layout.draft);
  layout.hasChanges = false;
}
