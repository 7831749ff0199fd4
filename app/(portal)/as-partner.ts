import { notFound } from "next/navigation";
import type { ScopedTransaction } from "@/db/scope";
import { isAppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { inScope } from "@/lib/platform/web-database";

/** A transaction of a member, whose role the database reads itself. */
export function asPartner<T>(
  { partnerId, userId }: Pick<PartnerMember, "partnerId" | "userId">,
  work: (tx: ScopedTransaction<"partner">) => Promise<T>,
): Promise<T> {
  return inScope({ kind: "partner", partnerId, userId }, work);
}

/** The same for pages: what is not there, or no longer the member's, is 404. */
export async function readAsPartner<T>(
  member: Pick<PartnerMember, "partnerId" | "userId">,
  work: (tx: ScopedTransaction<"partner">) => Promise<T>,
): Promise<T> {
  try {
    return await asPartner(member, work);
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}
