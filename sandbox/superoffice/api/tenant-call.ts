import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import { type Crm, makeCrm } from "../data/crm";
import type { Tenant } from "../model";
import type { StandIn } from "../stand-in";

/** A call of a tenant's own API whose ticket was accepted. */
export type TenantCall = { standIn: StandIn; exchange: Exchange; tenant: Tenant; crm: Crm };
export type TenantHandle = (call: TenantCall) => Answer | Promise<Answer>;

export const ok = (body: unknown): Answer => ({ status: 200, body });

export function failure(ErrorMessage: string, ErrorType: string): object {
  return { Error: true, ErrorType, ErrorMessage, ErrorSource: "stand-in" };
}

export const refusal = (status: number, type: string, message: string): HttpError =>
  new HttpError(status, failure(message, type));

/** What a tenant's CRM holds, from its first use on. */
export function crmOf({ store }: StandIn, tenantId: string): Crm {
  const known = Object.hasOwn(store.state.crms, tenantId) ? store.state.crms[tenantId] : undefined;
  if (known) return known;
  const made = makeCrm();
  store.state.crms[tenantId] = made;
  return made;
}
