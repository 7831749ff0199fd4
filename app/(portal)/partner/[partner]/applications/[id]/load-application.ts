import { notFound } from "next/navigation";
import { z } from "zod";
import { getApplication } from "@/lib/partner/application/queries";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { getWebEnv } from "@/lib/platform/env";
import { readAsPartner } from "../../../../as-partner";

/** One of the partner's applications; anything else is 404. */
export function loadApplication(member: PartnerMember, id: string) {
  if (!z.uuid().safeParse(id).success) notFound();
  return readAsPartner(member, (tx) => getApplication(tx, id, getWebEnv().KYTKIN_PUBLIC_URL));
}
