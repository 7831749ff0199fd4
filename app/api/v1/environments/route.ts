import { handle } from "@/app/api/v1/respond";
import { listPartnerEnvironments } from "@/lib/partner/api/environment-queries";
import { listEnvironments } from "@/lib/partner/api/operations/requests";

export const GET = handle(listEnvironments, ({ tx, caller, query }) =>
  listPartnerEnvironments(tx, caller, query),
);
