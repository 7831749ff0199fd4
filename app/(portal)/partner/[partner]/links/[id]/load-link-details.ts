import { notFound } from "next/navigation";
import { z } from "zod";
import { getLinkDetails } from "@/lib/partner/link/queries";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { getWebEnv } from "@/lib/platform/env";
import { readAsPartner } from "../../../../as-partner";

/** One of the partner's links; anything else is 404. */
export function loadLinkDetails(member: PartnerMember, id: string) {
  if (!z.uuid().safeParse(id).success) notFound();
  return readAsPartner(member, (tx) => getLinkDetails(tx, id, getWebEnv().KYTKIN_PUBLIC_URL));
}
