import { handle } from "@/app/api/v1/respond";
import { getPartnerSpecification } from "@/lib/partner/api/environment-queries";
import { getSpecification } from "@/lib/partner/api/operations/requests";

export const GET = handle(getSpecification, async ({ tx, caller, id }) => ({
  specification: await getPartnerSpecification(tx, caller, id),
}));
