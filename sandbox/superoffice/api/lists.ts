import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { makeLists } from "../data/lists";
import type { ListItem, Tenant } from "../model";
import type { StandIn } from "../stand-in";
import { refusal } from "./refusal";

const MDO_LIST = /^\/v1\/MDOList\/(\w+)$/;
const ITEMS = /^\/v1\/List\/(\w+)\/Items$/;
const ITEM = /^\/v1\/List\/(\w+)\/Items\/(\d+)$/;

/** A tenant's lists; those of a new tenant until something is changed. */
export function listsOf({ store }: StandIn, { id }: Tenant): Record<string, ListItem[]> {
  const { lists } = store.state;
  lists[id] ??= makeLists();
  return lists[id];
}

/** Lists as items are picked from them, and the administration of their items; null for another path. */
export async function answerForLists(
  standIn: StandIn,
  exchange: Exchange,
  tenant: Tenant,
  path: string,
): Promise<Answer | null> {
  const read = MDO_LIST.exec(path)?.[1];
  if (read !== undefined && exchange.method === "GET")
    return {
      status: 200,
      body: find(standIn, tenant, read)
        .filter(({ Deleted }) => !Deleted)
        .map(toMdo),
    };
  const added = ITEMS.exec(path)?.[1];
  if (added !== undefined && exchange.method === "POST") return addItem(standIn, exchange, tenant, added);
  const [, name, id] = ITEM.exec(path) ?? [];
  if (name === undefined || exchange.method !== "DELETE") return null;
  requireAdministration(standIn, tenant);
  const item = find(standIn, tenant, name).find((one) => one.Id === Number(id));
  if (item) item.Deleted = true;
  standIn.store.save();
  return { status: 204 };
}

function find(standIn: StandIn, tenant: Tenant, name: string): ListItem[] {
  const lists = listsOf(standIn, tenant);
  const known = Object.keys(lists).find((one) => one.toLowerCase() === name.toLowerCase());
  if (known === undefined) throw refusal(404, "SoNotFoundException", `There is no list ${name}.`);
  return lists[known] ?? [];
}

async function addItem(standIn: StandIn, exchange: Exchange, tenant: Tenant, name: string): Promise<Answer> {
  requireAdministration(standIn, tenant);
  const body = await exchange.readJson();
  const given = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const read = (field: string): string => String(given.find(([key]) => key === field)?.[1] ?? "");
  if (read("Name") === "") throw refusal(400, "SoListException", "An item needs a name.");
  const items = find(standIn, tenant, name);
  const Id = Math.max(0, ...items.map((item) => item.Id)) + 1;
  const item = { Id, Name: read("Name"), Tooltip: read("Tooltip"), Deleted: false, Rank: Id };
  items.push(item);
  standIn.store.save();
  return { status: 200, body: { ...item, UdListDefinitionId: 1 } };
}

function toMdo({ Id, Name, Tooltip, Deleted, Rank }: ListItem): object {
  return { Id, Name, ToolTip: Tooltip, Deleted, Rank, Type: "", ChildItems: [], FullName: Name };
}

/** The system user administers, unless the vendor does not let this application. */
export function requireAdministration({ faults }: StandIn, { id }: Tenant): void {
  if (faults.withoutAdministration === id)
    throw refusal(403, "SoSecurityException", "The application may not administer this tenant.");
}
