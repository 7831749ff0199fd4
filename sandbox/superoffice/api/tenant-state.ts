import type { Answer } from "../../web/answer-call";
import type { Tenant } from "../model";
import { findTenant, type StandIn } from "../stand-in";

/** Where a tenant's API is now. */
function getApiUrl({ url }: StandIn, { host, id }: Tenant): string {
  return `${url}/${host}/${id}/api`;
}

/** The API answers while only the web client is under maintenance. */
export function isServed({ state }: Tenant): boolean {
  return state === "Running" || state === "OnlineMaintenance";
}

/** `GET /api/state/{ctx}`: asks for no authentication. */
export function getTenantState(standIn: StandIn, id: string): Answer {
  const tenant = findTenant(standIn, id);
  const known = { ContextIdentifier: id, Endpoint: null, State: "Unknown", IsRunning: false, Api: null };
  const validUntil = new Date(Date.now() + standIn.faults.stateValidSeconds * 1000).toISOString();
  const common = { ValidUntil: validUntil, Version: "Release_11.10_2026.11.01.01" };
  if (!tenant) return { status: 200, body: { ...known, ...common } };
  const api = getApiUrl(standIn, tenant);
  return {
    status: 200,
    body: {
      ContextIdentifier: tenant.id,
      Endpoint: api.replace(/\/api$/, ""),
      State: tenant.state,
      IsRunning: tenant.state === "Running",
      Api: api,
      ...common,
    },
  };
}
