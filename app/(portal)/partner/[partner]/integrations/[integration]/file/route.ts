import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { writeDraftFile } from "@/lib/partner/specification/draft-file";
import { readAsPartner } from "../../../../../as-partner";

type Context = { params: Promise<{ partner: string; integration: string }> };

/** The draft as the file that `npm run integration:import` takes. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { partner, integration } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/integrations/${integration}`);
  const file = await readAsPartner(member, (tx) => writeDraftFile(tx, member, integration));
  return new Response(file, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${integration.replace(/[^a-z0-9-]/g, "")}.json"`,
      "Cache-Control": "no-store",
    },
  });
}
