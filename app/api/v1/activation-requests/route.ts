import { handle } from "@/app/api/v1/respond";
import { listRequests } from "@/lib/partner/api/operations/requests";
import { listPartnerRequests } from "@/lib/partner/api/queries";

export const GET = handle(listRequests, ({ tx, caller, query }) => listPartnerRequests(tx, caller, query));
