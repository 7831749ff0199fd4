import { randomBytes } from "node:crypto";
import type { Approval, Tenant } from "./model";
import type { StandIn } from "./stand-in";

/** An administrator approved: the application gets a system token, the same one while the approval is not taken back. */
export function approve({ application, store }: StandIn, tenant: Tenant): void {
  if (tenant.approval === "revoked" || tenant.systemToken === null)
    tenant.systemToken = `${application.name}-${randomBytes(8).toString("base64url")}`;
  tenant.approval = "active";
  store.save();
}

/** What ends an approval ends its tickets; the system token is refused from now on. */
export function endApproval(
  { store }: StandIn,
  tenant: Tenant,
  as: Exclude<Approval, "none" | "active">,
): void {
  tenant.approval = as;
  dropTickets(store.state, tenant);
  store.save();
}

export function dropTickets(state: StandIn["store"]["state"], { id }: Tenant): void {
  state.tickets = Object.fromEntries(
    Object.entries(state.tickets).filter(([, ticket]) => ticket.tenantId !== id),
  );
}
