import type { Answer } from "../../web/answer-call";
import { countries } from "../data/crm";
import type { Tenant } from "../model";
import type { StandIn } from "../stand-in";
import { ok, refusal, type TenantCall } from "./tenant-call";

/** `GET /v1/MDOList/{listname}` */
export function getMdoList({ exchange, crm }: TenantCall): Answer {
  const name = exchange.param("list").toLowerCase();
  const list = Object.hasOwn(crm.lists, name) ? crm.lists[name] : undefined;
  if (!list) throw refusal(404, "SoNotFoundException", `There is no list ${name}.`);
  return ok(
    list.map((item, index) => ({
      ...{ Id: item.id, Name: item.name, ToolTip: item.hint ?? "", Deleted: false, Rank: index + 1 },
      ...{
        Type: "",
        ChildItems: [],
        IconHint: "",
        ColorBlock: 0,
        ExtraInfo: "",
        StyleHint: "",
        FullName: item.name,
      },
    })),
  );
}

/** Lists that an item is added to, by their names in `/v1/List`. */
const OPEN_LISTS: Readonly<Record<string, string>> = {
  Category: "category",
  Business: "business",
  Position: "perspos",
  Source: "source",
};

/** `POST /v1/List/{list}/Items`. A name that the list has is added a second time, as the vendor does. */
export async function postListItem({ standIn, exchange, tenant, crm }: TenantCall): Promise<Answer> {
  requireAdministration(standIn, tenant);
  const name = exchange.param("list");
  const list = Object.hasOwn(OPEN_LISTS, name) ? crm.lists[OPEN_LISTS[name] ?? ""] : undefined;
  if (!list) throw refusal(404, "SoNotFoundException", `There is no list ${name}.`);
  const body = await exchange.readJson();
  const text: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "Name") : undefined;
  if (typeof text !== "string" || text === "")
    throw refusal(400, "SoPreconditionException", "Name is mandatory.");
  const id = Math.max(0, ...list.map((item) => item.id)) + 1;
  list.push({ id, name: text });
  standIn.store.save();
  return ok({ Id: id, Name: text, Tooltip: "", Deleted: false, UdListDefinitionId: 0, Rank: list.length });
}

/** `DELETE /v1/List/{list}/Items/{id}` */
export function deleteListItem({ standIn, exchange, tenant, crm }: TenantCall): Answer {
  requireAdministration(standIn, tenant);
  const name = exchange.param("list");
  const key = Object.hasOwn(OPEN_LISTS, name) ? (OPEN_LISTS[name] ?? "") : "";
  crm.lists[key] = (crm.lists[key] ?? []).filter(({ id }) => String(id) !== exchange.param("id"));
  standIn.store.save();
  return { status: 204 };
}

/** The system user administers, unless the vendor does not let this application. */
export function requireAdministration({ faults }: StandIn, { id }: Tenant): void {
  if (faults.withoutAdministration === id)
    throw refusal(403, "SoSecurityException", "The application may not administer this tenant.");
}

export const getCountries = (): Answer =>
  ok(countries.map((country, index) => ({ ...country, Rank: index + 1, Deleted: false })));
