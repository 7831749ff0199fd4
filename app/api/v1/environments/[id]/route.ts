import { handle } from "@/app/api/v1/respond";
import { getPartnerEnvironment } from "@/lib/partner/api/environment-queries";
import { getEnvironment } from "@/lib/partner/api/operations/requests";

export const GET = handle(getEnvironment, async ({ tx, caller, id }) => ({
  environment: await getPartnerEnvironment(tx, caller, id),
}));
