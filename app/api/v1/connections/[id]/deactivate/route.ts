import { handle } from "@/app/api/v1/respond";
import { getPartnerConnection } from "@/lib/partner/api/connection-queries";
import { deactivateAsPartner } from "@/lib/partner/api/deactivate-as-partner";
import { deactivateConnection } from "@/lib/partner/api/operations/requests";

/**
 * `{"reason"}` → `{"connection"}`. In this order: 401; 403 for a key without the scope; 404; 400
 * malformed; 409 while it is being activated; 200, also when it was ended before, with the record of that.
 */
export const POST = handle(deactivateConnection, async ({ tx, caller, id, body }) => {
  await getPartnerConnection(tx, caller, id);
  await deactivateAsPartner(tx, caller, id, body().reason);
  return { connection: await getPartnerConnection(tx, caller, id) };
});
