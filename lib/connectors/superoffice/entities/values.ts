import type { EntityId, FieldList, RowProblem } from "@/lib/connectors/entity";
import { readPreparedState } from "../key-place";
import type { Change } from "./changes";
import { type DateFormat, encodeUserField, readDay } from "./fields";
import {
  addToList,
  LISTS,
  type ListName,
  readCountries,
  readDefault,
  readList,
  readOwnAssociate,
  type Tenant,
} from "./tenant";

/** Where the value of a column goes in the vendor's entity. */
type Target =
  | { kind: "text" | "number" | "flag" | "day"; path: readonly [string, ...string[]] }
  /** The first, second … of a list of elements such as phone numbers. */
  | { kind: "element"; path: readonly [string]; place: number }
  | { kind: "list"; path: readonly [string]; list: ListName }
  | { kind: "country"; path: readonly [string] };
export type Targets = Readonly<Record<string, Target>>;

/** What the reference says of columns that name an item of a list: the targets say which, `LISTS` whether it grows. */
export function describeLists(targets: Targets): Record<string, FieldList> {
  const ofTarget = Object.entries(targets).flatMap(([field, target]): [string, FieldList][] => {
    if (target.kind === "country") return [[field, { list: "country", missing: "rejected" }]];
    if (target.kind !== "list") return [];
    return [
      [field, { list: target.list, missing: LISTS[target.list] === null ? "rejected" : "unless_refused" }],
    ];
  });
  const associate: FieldList = { list: "associate", missing: "fallback" };
  return Object.fromEntries([...ofTarget, ...ASSOCIATE_FIELDS.map((field) => [field, associate] as const)]);
}

/** What is chosen for each entity alike. */
export type CommonSettings = {
  dateFormat: DateFormat;
  addListItems: "YES" | "NO";
  fallbackAssociate?: string;
  keptFields?: string;
};

export type Row = Readonly<Record<string, string | undefined>>;

/** What a row comes to in a tenant. `isWhole`: false when a value would have to be added to a list first. */
export type Resolution = {
  changes: Change[];
  problems: RowProblem[];
  isWhole: boolean;
  waitsFor?: { entity: EntityId; key: string };
};

export type Resolving = {
  tenant: Tenant;
  api: string;
  row: Row;
  settings: CommonSettings;
  prepared: unknown;
  isNew: boolean;
  /** Lists may be added to; otherwise nothing is changed anywhere. */
  mayAdd: boolean;
};

/** Columns by their targets, more-page fields and who is responsible. Values that the tenant does not have are problems. */
export async function resolveValues(resolving: Resolving, targets: Targets): Promise<Resolution> {
  const resolution: Resolution = { changes: [], problems: [], isWhole: true };
  for (const [field, target] of Object.entries(targets)) {
    const value = resolving.row[field];
    if (value !== undefined) await resolveValue(resolving, resolution, { field, target, value });
  }
  await resolveUserFields(resolving, resolution);
  await resolveAssociate(resolving, resolution);
  return resolution;
}

async function resolveValue(
  { tenant, settings, mayAdd }: Resolving,
  resolution: Resolution,
  { field, target, value }: { field: string; target: Target; value: string },
): Promise<void> {
  const { path } = target;
  const { changes, problems } = resolution;
  switch (target.kind) {
    case "text":
      changes.push({ path, value });
      return;
    case "number":
      changes.push({ path, value: Number(value) });
      return;
    case "flag":
      changes.push({ path, value: value === "TRUE" });
      return;
    case "day":
      changes.push({ path, value: `${readDay(value, settings.dateFormat)}T00:00:00` });
      return;
    case "element":
      changes.push({ path, value, place: target.place });
      return;
    case "country": {
      const countries = await readCountries(tenant);
      const found = countries.find(({ names }) => names.includes(value));
      if (found) changes.push({ path, value: { CountryId: found.id } });
      else
        problems.push(
          notInList(
            field,
            countries.flatMap(({ names }) => names[0] ?? []),
          ),
        );
      return;
    }
    case "list": {
      const items = await readList(tenant, target.list);
      const found = items.find(({ names }) => names.includes(value));
      const isOpen = LISTS[target.list] !== null && settings.addListItems === "YES";
      if (found) changes.push({ path, value: { Id: found.id } });
      else if (!isOpen)
        problems.push(
          notInList(
            field,
            items.flatMap(({ names }) => names[0] ?? []),
          ),
        );
      else if (mayAdd) changes.push({ path, value: { Id: await addToList(tenant, target.list, value) } });
      else resolution.isWhole = false;
    }
  }
}

const ASSOCIATE_FIELDS = ["AssociateName", "AssociateFullName"] as const;
const LONGEST_CHOICE = 500;

const notInList = (field: string, names: readonly string[]): RowProblem => ({
  field,
  cause: "list_value_unknown",
  vendorWords: names.join(", ").slice(0, LONGEST_CHOICE),
});

/** A more-page field that the tenant lacks would be dropped by the vendor without a word. */
async function resolveUserFields(
  { tenant, api, row, prepared }: Resolving,
  { changes, problems }: Resolution,
): Promise<void> {
  const { prefix } = readPreparedState(prepared);
  for (const [field, value] of Object.entries(row)) {
    const encoded = value === undefined ? null : encodeUserField(field, value);
    if (encoded === null) continue;
    const progId = `${prefix}${field}`;
    const { CustomFields } = await readDefault(tenant, api);
    if (typeof CustomFields === "object" && CustomFields !== null && Object.hasOwn(CustomFields, progId))
      changes.push({ path: ["CustomFields"], value: { [progId]: encoded } });
    else problems.push({ field, cause: "custom_field_missing", vendorWords: progId });
  }
}

/**
 * Who is responsible: by user id or full name, else the associate that the settings name. Without either a new record is the
 * system user's, and one that is there keeps whom it has.
 */
async function resolveAssociate(
  { tenant, row, settings, isNew }: Resolving,
  { changes }: Resolution,
): Promise<void> {
  const wanted = ASSOCIATE_FIELDS.map((field) => row[field]).filter((text) => text !== undefined);
  if (wanted.length === 0) return;
  const associates = await readList(tenant, "associate");
  const findOne = (text: string) =>
    associates.find(({ hints }) => hints.some((hint) => hint.toLowerCase() === text.toLowerCase()))?.id;
  const names = settings.fallbackAssociate === undefined ? wanted : [...wanted, settings.fallbackAssociate];
  const found = names.map(findOne).find((id) => id !== undefined);
  const id = found ?? (isNew ? await readOwnAssociate(tenant) : undefined);
  if (id !== undefined) changes.push({ path: ["Associate"], value: { AssociateId: id } });
}
