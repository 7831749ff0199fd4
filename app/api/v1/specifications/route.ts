import { handle } from "@/app/api/v1/respond";
import { listPartnerSpecifications } from "@/lib/partner/api/environment-queries";
import { listSpecifications } from "@/lib/partner/api/operations/requests";

export const GET = handle(listSpecifications, ({ tx, caller, query }) =>
  listPartnerSpecifications(tx, caller, query),
);
