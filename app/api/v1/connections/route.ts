import { listPartnerConnections } from "@/lib/partner/api/connection-queries";
import { connectionsQuery } from "@/lib/partner/api/schema";
import { inScope } from "@/lib/platform/web-database";
import { respond } from "../respond";

/** `?limit&cursor&state` → `{"connections", "nextCursor"}`; 401, 400. */
export function GET(request: Request): Promise<Response> {
  return respond(request, (caller) => {
    const query = connectionsQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
    return inScope({ kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId }, (tx) =>
      listPartnerConnections(tx, caller, query),
    );
  });
}
