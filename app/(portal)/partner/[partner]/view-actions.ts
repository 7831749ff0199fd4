"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { removeView, saveView } from "@/lib/partner/monitoring/saved-views";
import { viewInput } from "@/lib/partner/monitoring/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { getActingMember, INVALID, runAsMember } from "./acting-member";

/** Keeps a list with its filter under a name. */
export async function saveViewAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_view.save");
  const view = viewInput.safeParse(Object.fromEntries(data));
  if (!view.success) {
    const isEmpty = String(data.get("name") ?? "").trim() === "";
    return { ...INVALID, fieldErrors: { name: isEmpty ? "required" : "too_long" } };
  }
  const result = await runAsMember(member, "partner_view.save", async (tx) => {
    await saveView(tx, member, view.data);
    await writeAudit(tx, {
      actor: { kind: "user", userId: member.userId },
      partnerId: member.partnerId,
      action: "partner_view.save",
      subject: { kind: "partner_view" },
    });
  });
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  return { status: "ok" };
}

export async function removeViewAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_view.remove");
  const viewId = z.uuid().safeParse(data.get("viewId"));
  if (!viewId.success) return INVALID;
  const result = await runAsMember(member, "partner_view.remove", async (tx) => {
    await removeView(tx, viewId.data);
    await writeAudit(tx, {
      actor: { kind: "user", userId: member.userId },
      partnerId: member.partnerId,
      action: "partner_view.remove",
      subject: { kind: "partner_view", id: viewId.data },
    });
  });
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  return { status: "ok" };
}
