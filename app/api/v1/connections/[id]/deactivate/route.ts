import { partnerDeactivation } from "@/lib/connection/offboarding/schema";
import { assertKeyMay } from "@/lib/partner/api/assert-key-may";
import { getPartnerConnection } from "@/lib/partner/api/connection-queries";
import { deactivateAsPartner } from "@/lib/partner/api/deactivate-as-partner";
import { inScope } from "@/lib/platform/web-database";
import { readId } from "../../../read-id";
import { readJson, respond } from "../../../respond";

type Context = { params: Promise<{ id: string }> };

/**
 * `{"reason"}` → `{"connection"}`. In this order: 401; 404; 403 for a key without the scope; 400 malformed; 409 while it is being activated; 200, also when
 * it was ended before, with the record of that.
 */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async (caller) => {
    const id = await readId(params, "connection");
    // Read before the transaction: a slow sender must not hold one of the pool's connections.
    const body = await readJson(request);
    return inScope({ kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId }, async (tx) => {
      await getPartnerConnection(tx, caller, id);
      await assertKeyMay(tx, "connections.end");
      const { reason } = partnerDeactivation.parse(body);
      await deactivateAsPartner(tx, caller, id, reason);
      return { connection: await getPartnerConnection(tx, caller, id) };
    });
  });
}
