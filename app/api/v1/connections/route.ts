import { handle } from "@/app/api/v1/respond";
import { listPartnerConnections } from "@/lib/partner/api/connection-queries";
import { listConnections } from "@/lib/partner/api/operations/requests";

export const GET = handle(listConnections, ({ tx, caller, query }) =>
  listPartnerConnections(tx, caller, query),
);
