import { handle } from "@/app/api/v1/respond";
import { getPartnerConnection } from "@/lib/partner/api/connection-queries";
import { deactivateCustomer } from "@/lib/partner/api/deactivate-as-partner";
import { deactivateCustomerOfConnection } from "@/lib/partner/api/operations/requests";

/**
 * `{"reason", "expected"}` → `{"connectionIds"}`. In this order: 401; 403 for a key without the scope; 404; 400
 * malformed; 409 when none is left, or another number than expected; 200.
 */
export const POST = handle(deactivateCustomerOfConnection, async ({ tx, caller, id, body }) => {
  await getPartnerConnection(tx, caller, id);
  return deactivateCustomer(tx, caller, id, body());
});
