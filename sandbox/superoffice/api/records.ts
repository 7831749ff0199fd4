import type { Answer } from "../../web/answer-call";
import { HttpError } from "../../web/http-error";
import type { Api, Crm, Entity } from "../data/crm";
import type { StandIn } from "../stand-in";
import { complete, findFault, ID_FIELDS, makeDefault, SYSTEM_ASSOCIATE } from "./entities";
import { ok, refusal, type TenantCall, type TenantHandle } from "./tenant-call";

type Author = { associateId: number; at: Date };

const by = ({ associateId }: Author): Entity => ({ AssociateId: associateId });

/** Stores a new record, as a person or an application makes it. */
export function addRecord(
  { store }: StandIn,
  crm: Crm,
  { api, entity, author }: { api: Api; entity: Entity; author: Author },
): Entity {
  const id = crm.nextId;
  crm.nextId += 1;
  const made = {
    ...complete(crm, api, { ...makeDefault(crm, api), ...entity }),
    ...{ [ID_FIELDS[api]]: id, CreatedBy: by(author), UpdatedBy: by(author) },
    ...{ CreatedDate: author.at.toISOString(), UpdatedDate: author.at.toISOString() },
  };
  crm.records[api].push(made);
  store.save();
  return made;
}

const isEntity = (value: unknown): value is Entity =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const self = (): Author => ({ associateId: SYSTEM_ASSOCIATE, at: new Date() });

function requireRecord({ exchange, crm }: TenantCall, api: Api): Entity {
  const id = Number(exchange.param("id"));
  const found = crm.records[api].find((one) => one[ID_FIELDS[api]] === id);
  // The vendor's document knows no body of this answer.
  if (!found) throw new HttpError(404, undefined);
  return found;
}

export const getDefault =
  (api: Api): TenantHandle =>
  ({ crm }) =>
    ok(makeDefault(crm, api));

export const getRecord =
  (api: Api): TenantHandle =>
  (call) =>
    ok(requireRecord(call, api));

export const postRecord =
  (api: Api): TenantHandle =>
  async ({ standIn, exchange, crm }) => {
    const entity = await exchange.readJson();
    if (!isEntity(entity))
      throw refusal(400, "SoPreconditionException", "Entity to save is not in request body.");
    const fault = findFault(crm, api, entity);
    if (fault !== null) throw refusal(400, "SoPreconditionException", fault);
    return ok(addRecord(standIn, crm, { api, entity, author: self() }));
  };

/** JSON Patch of whole properties; of `CustomFields` the entries that are given are set, the others stay. */
export const patchRecord =
  (api: Api): TenantHandle =>
  async (call) => {
    const { standIn, exchange, crm } = call;
    const record = requireRecord(call, api);
    const operations = await exchange.readJson();
    if (!/^application\/json-patch\+json/.test(exchange.request.headers["content-type"] ?? ""))
      throw refusal(415, "SoPreconditionException", "JSON Patch is sent as application/json-patch+json.");
    if (standIn.faults.editsBeforePatch > 0) {
      standIn.faults.editsBeforePatch -= 1;
      editAsPerson(record);
    }
    if (isNewerThan(record, exchange.request.headers["if-unmodified-since"])) return { status: 412 };
    const wanted = applyOperations(record, operations, ID_FIELDS[api]);
    const fault = findFault(crm, api, wanted);
    if (fault !== null) throw refusal(400, "SoPreconditionException", fault);
    const author = self();
    const updated = { UpdatedBy: by(author), UpdatedDate: author.at.toISOString() };
    Object.assign(record, complete(crm, api, wanted), updated);
    standIn.store.save();
    return ok(record);
  };

/** A person changed the record in the vendor's own client, a moment from now so that the seconds differ. */
function editAsPerson(record: Entity): void {
  const text = record.SaleText === undefined ? "Description" : "SaleText";
  record[text] = `Changed by a person: ${String(record[text])}`;
  const last = Math.max(Date.parse(String(record.UpdatedDate)), Date.now());
  record.UpdatedDate = new Date(last + 2000).toISOString();
}

/** In whole seconds, as the header tells time. */
function isNewerThan({ UpdatedDate }: Entity, header: string | undefined): boolean {
  const since = Date.parse(header ?? "");
  return !Number.isNaN(since) && Math.floor(Date.parse(String(UpdatedDate)) / 1000) * 1000 > since;
}

function applyOperations(record: Entity, operations: unknown, idField: string): Entity {
  if (!Array.isArray(operations)) throw refusal(400, "SoPreconditionException", "A JSON Patch is a list.");
  const result = structuredClone(record);
  for (const operation of operations) {
    const { op, path, value } = isEntity(operation) ? operation : {};
    const name = /^\/?([A-Za-z0-9]+)$/.exec(String(path))?.[1] ?? "";
    if (op !== "replace" || !Object.hasOwn(record, name) || name === idField)
      throw refusal(400, "SoPreconditionException", `Cannot ${String(op)} ${String(path)}.`);
    const before = result[name];
    result[name] =
      name === "CustomFields" && isEntity(before) && isEntity(value) ? { ...before, ...value } : value;
  }
  return result;
}

const ARCHIVES: Readonly<Record<string, { api: Api; id: string; udef: string }>> = {
  FindContact: { api: "Contact", id: "contactId", udef: "contactUdef/" },
  FindPerson: { api: "Person", id: "personId", udef: "personUdef/" },
  FindSale: { api: "Sale", id: "saleId", udef: "saleUdef/" },
};
const COLUMNS: Readonly<Record<string, string>> = {
  name: "Name",
  lastName: "Lastname",
  firstName: "Firstname",
  heading: "Heading",
};

/** Search by texts: `name is 'Oy' and contactUdef/Siteshop:CompUserKey01 is '7'`, the newest first. */
export function searchArchive({ exchange, crm }: TenantCall): Answer {
  const provider = exchange.param("provider");
  const archive = Object.hasOwn(ARCHIVES, provider) ? ARCHIVES[provider] : undefined;
  if (!archive) throw refusal(404, "SoNotFoundException", `There is no archive ${provider}.`);
  const query = exchange.url.searchParams;
  const terms = [...(query.get("$filter") ?? "").matchAll(/(\S+) is '((?:[^']|'')*)'(?: and |$)/g)];
  const read = (record: Entity, column: string): unknown =>
    column.startsWith(archive.udef)
      ? Reflect.get(record.CustomFields ?? {}, column.slice(archive.udef.length))
      : record[COLUMNS[column] ?? ""];
  const found = crm.records[archive.api].filter((record) =>
    terms.every(([, column = "", text = ""]) => {
      const value = read(record, column);
      // The vendor's texts know no capitals.
      return String(value ?? "").toLowerCase() === text.replaceAll("''", "'").toLowerCase();
    }),
  );
  const idField = ID_FIELDS[archive.api];
  const value = found
    .toSorted((a, b) => Number(b[idField]) - Number(a[idField]))
    .slice(0, Number(query.get("$top") ?? 100))
    .map((record) => ({
      PrimaryKey: String(record[idField]),
      EntityName: archive.api.toLowerCase(),
      [archive.id]: record[idField],
    }));
  return ok({ "odata.metadata": "", "odata.nextLink": "", value: terms.length > 0 ? value : [] });
}
