import { handle } from "@/app/api/v1/respond";
import { getPartnerApplication } from "@/lib/partner/api/application-queries";
import { getVendorApplication } from "@/lib/partner/api/operations/applications";

export const GET = handle(getVendorApplication, async ({ tx, caller, id }) => ({
  vendorApplication: await getPartnerApplication(tx, caller, id),
}));
