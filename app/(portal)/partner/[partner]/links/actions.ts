"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { cleanLine } from "@/lib/core/outside-text";
import { makeLink, withdrawOwnLink } from "@/lib/partner/organization/manage-links";
import { linkInput } from "@/lib/partner/organization/schema";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

export async function createLinkAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "link.create");
  const input = linkInput.safeParse({
    integrationId: data.get("integrationId"),
    label: data.get("label"),
    expiresAt: data.get("expires"),
  });
  if (!input.success) {
    const typed = cleanLine(String(data.get("label") ?? ""));
    return { ...INVALID, fieldErrors: { label: typed === "" ? "required" : "too_long" } };
  }
  const result = await runAsMember(member, "link.create", (tx) => makeLink(tx, member, input.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/links`);
  return { status: "ok" };
}

export async function withdrawLinkAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "link.withdraw");
  const linkId = z.uuid().safeParse(data.get("linkId"));
  if (!linkId.success) return INVALID;
  const result = await runAsMember(member, "link.withdraw", (tx) => withdrawOwnLink(tx, member, linkId.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/links`);
  return { status: "ok" };
}
