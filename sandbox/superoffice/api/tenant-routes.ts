import { type Route, route } from "../../web/router";
import { APIS } from "../data/crm";
import { getCurrentPrincipal } from "./current-principal";
import { findByRecord, findByValue, postForeignKey } from "./foreign-keys";
import { deleteListItem, getCountries, getMdoList, postListItem } from "./lists";
import { getDefault, getRecord, patchRecord, postRecord, searchArchive } from "./records";
import type { TenantHandle } from "./tenant-call";
import { makeLayoutRoutes, rebuildUdefDeltas, WITH_FIELDS } from "./udef-layout";

/** A tenant's own API, below its host and id. */
export const tenantRoutes: readonly Route<TenantHandle>[] = [
  route("GET", "/v1/User/currentPrincipal", ({ tenant }) => getCurrentPrincipal(tenant)),
  // Before the records: `/v1/Contact/UdefLayout` is no `/v1/Contact/{id}`.
  ...WITH_FIELDS.flatMap(makeLayoutRoutes),
  route("POST", "/v1/Agents/Configuration/RebuildUdefDeltas", rebuildUdefDeltas),
  ...APIS.flatMap((api) => [
    route("GET", `/v1/${api}/default`, getDefault(api)),
    route("POST", `/v1/${api}`, postRecord(api)),
    route("GET", `/v1/${api}/:id`, getRecord(api)),
    route("PATCH", `/v1/${api}/:id`, patchRecord(api)),
  ]),
  route("GET", "/v1/Archive/:provider", searchArchive),
  route("GET", "/v1/MDOList/:list", getMdoList),
  route("GET", "/v1/List/Country/Items", getCountries),
  route("POST", "/v1/List/:list/Items", postListItem),
  route("DELETE", "/v1/List/:list/Items/:id", deleteListItem),
  route("GET", "/v1/ForeignApp/:app/:device/Key/:key/:table", findByValue),
  route("GET", "/v1/ForeignApp/:app/:device/Key/:key/:table/:recordId", findByRecord),
  route("POST", "/v1/ForeignApp/:app/:device/:identifier/Key", postForeignKey),
];
