import { PartnerList } from "@/components/operator/partners/partner-list";
import { listAllPartners, listApplications } from "@/lib/partner/join/queries";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../as-operator";
import { acceptApplicationAction, refuseApplicationAction } from "./actions";

/** Who asks to become a partner, and who is one. */
export default async function OperatorPartnersPage() {
  const viewer = await getOperator("/operator/partners");
  const view = await asOperator(viewer, async (tx) => ({
    applications: await listApplications(tx),
    partners: await listAllPartners(tx),
  }));
  return (
    <PartnerList {...view} actions={{ accept: acceptApplicationAction, refuse: refuseApplicationAction }} />
  );
}
