import { notFound } from "next/navigation";
import { z } from "zod";
import { answerComparison } from "@/components/delivery/comparison-file";
import { getComparison } from "@/lib/connection/comparison/queries";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../../../as-partner";

type Context = { params: Promise<{ partner: string; id: string; comparisonId: string }> };

/** The findings of a report; the ids of deliveries are those of the API, and their pages are the customer's. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { partner, id, comparisonId } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/connections/${id}`);
  if (![id, comparisonId].every((one) => z.uuid().safeParse(one).success)) notFound();
  const report = await readAsPartner(member, (tx) => getComparison(tx, id, comparisonId));
  return answerComparison(report, () => "");
}
