import { getPartnerConnection } from "@/lib/partner/api/connection-queries";
import { inScope } from "@/lib/platform/web-database";
import { readId } from "../../read-id";
import { respond } from "../../respond";

type Context = { params: Promise<{ id: string }> };

/** → `{"connection"}`; 401, 404 (also another partner's). */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async (caller) => {
    const id = await readId(params, "connection");
    const connection = await inScope(
      { kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId },
      (tx) => getPartnerConnection(tx, caller, id),
    );
    return { connection };
  });
}
