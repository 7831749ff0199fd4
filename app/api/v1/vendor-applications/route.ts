import { handle } from "@/app/api/v1/respond";
import { listPartnerApplications } from "@/lib/partner/api/application-queries";
import { listVendorApplications } from "@/lib/partner/api/operations/applications";

export const GET = handle(listVendorApplications, ({ tx, caller, query }) =>
  listPartnerApplications(tx, caller, query),
);
