import { handle } from "@/app/api/v1/respond";
import { getPartnerConnection } from "@/lib/partner/api/connection-queries";
import { getConnection } from "@/lib/partner/api/operations/requests";

/** → `{"connection"}`; 401, 404 (also another partner's). */
export const GET = handle(getConnection, async ({ tx, caller, id }) => ({
  connection: await getPartnerConnection(tx, caller, id),
}));
