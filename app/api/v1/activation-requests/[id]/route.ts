import { decideActivationRequest } from "@/lib/activation/request/decide-activation-request";
import { partnerDecision } from "@/lib/activation/request/schema";
import { assertKeyMay } from "@/lib/partner/api/assert-key-may";
import { getPartnerRequest } from "@/lib/partner/api/queries";
import { inScope } from "@/lib/platform/web-database";
import { readId } from "../../read-id";
import { readJson, respond } from "../../respond";

type Context = { params: Promise<{ id: string }> };

const WHAT = "activation request";

/** → `{"activationRequest"}`; 401, 404 (also another partner's). */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async (caller) => {
    const id = await readId(params, WHAT);
    const { connector: _, ...activationRequest } = await inScope(
      { kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId },
      (tx) => getPartnerRequest(tx, caller, id),
    );
    return { activationRequest };
  });
}

/**
 * `{"approve": [environmentId], "reject": [{"environmentId", "reason"}]}` → `{"activationRequest"}`. In this order: 401;
 * 404; 403 for a key without the scope; 400 malformed; 200 for the same decision again; 409 another decision; 410 past the deadline; 400 for environments
 * that are missing, doubled or foreign.
 */
export function PUT(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async (caller) => {
    const id = await readId(params, WHAT);
    // Read before the transaction: a slow sender must not hold one of the pool's connections.
    const body = await readJson(request);
    return inScope({ kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId }, async (tx) => {
      const { connector } = await getPartnerRequest(tx, caller, id);
      await assertKeyMay(tx, "requests.decide");
      const decision = partnerDecision.parse(body);
      await decideActivationRequest(tx, caller, { requestId: id, connector }, decision);
      const { connector: _, ...activationRequest } = await getPartnerRequest(tx, caller, id);
      return { activationRequest };
    });
  });
}
