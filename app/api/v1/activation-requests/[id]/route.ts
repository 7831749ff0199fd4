import { handle } from "@/app/api/v1/respond";
import { decideActivationRequest } from "@/lib/activation/request/decide-activation-request";
import { decideRequest, getRequest } from "@/lib/partner/api/operations/requests";
import { getPartnerRequest } from "@/lib/partner/api/queries";

/** → `{"activationRequest"}`; 401, 404 (also another partner's). */
export const GET = handle(getRequest, async ({ tx, caller, id }) => {
  const { connector: _, ...activationRequest } = await getPartnerRequest(tx, caller, id);
  return { activationRequest };
});

/**
 * `{"approve": [environmentId], "reject": [{"environmentId", "reason"}]}` → `{"activationRequest"}`. In this order: 401;
 * 403 for a key without the scope; 404; 400 malformed; 200 for the same decision again; 409 another decision; 410 past the deadline; 400 for environments
 * that are missing, doubled or foreign.
 */
export const PUT = handle(decideRequest, async ({ tx, caller, id, body }) => {
  const { connector } = await getPartnerRequest(tx, caller, id);
  await decideActivationRequest(tx, caller, { requestId: id, connector }, body());
  const { connector: _, ...activationRequest } = await getPartnerRequest(tx, caller, id);
  return { activationRequest };
});
