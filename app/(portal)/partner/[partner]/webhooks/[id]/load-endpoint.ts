import { notFound } from "next/navigation";
import { z } from "zod";
import type { ScopedTransaction } from "@/db/scope";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { getEndpointStage, getWebhookEndpoint } from "@/lib/partner/webhook/queries";
import { readAsPartner } from "../../../../as-partner";

type Owner = { partnerId: string; stage: string };

/** One of the partner's endpoints with what else its page reads; anything else is 404. */
export function loadEndpoint<T>(
  member: PartnerMember,
  id: string,
  more: (tx: ScopedTransaction<"partner">, owner: Owner) => Promise<T>,
) {
  if (!z.uuid().safeParse(id).success) notFound();
  return readAsPartner(member, async (tx) => {
    const owner = { partnerId: member.partnerId, stage: await getEndpointStage(tx, id) };
    const endpoint = { ...(await getWebhookEndpoint(tx, owner, id)), stage: owner.stage };
    return { endpoint, more: await more(tx, owner) };
  });
}
