import { and, eq } from "drizzle-orm";
import { integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { insertLink } from "@/lib/catalogue/integration/create-link";
import { endLink } from "@/lib/catalogue/integration/withdraw-link";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "./assert-may";
import type { LinkInput, PartnerMember } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** Makes a link to one of the partner's integrations. Throws `forbidden`, or `not_found` for another's. */
export async function makeLink(
  tx: Partner,
  member: PartnerMember,
  { integrationId, ...link }: LinkInput,
): Promise<void> {
  assertMay(member, "links.manage");
  const { partnerId, userId } = member;
  const [own] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(and(eq(integrations.id, integrationId), eq(integrations.partnerId, partnerId)));
  if (!own) throw new AppError("not_found", "integration");
  await insertLink(tx, { integrationId, partnerId, actor: { kind: "user", userId } }, link);
}

/** Withdraws a link of the partner's. Throws `forbidden` or `not_found`. */
export async function withdrawOwnLink(tx: Partner, member: PartnerMember, linkId: string): Promise<void> {
  assertMay(member, "links.manage");
  await endLink(tx, { kind: "user", userId: member.userId }, { id: linkId });
}
