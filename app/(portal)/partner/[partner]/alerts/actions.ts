"use server";
import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { saveAlerts } from "@/lib/partner/alert/manage-alerts";
import { alertInput } from "@/lib/partner/alert/schema";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

/** Keeps what the member wants to hear of. */
export async function saveAlertsAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_alerts.save");
  const fields = ["digest", "waitingHours", "rejectionPercent", "tellsAttention", "zone"];
  const input = alertInput.safeParse(Object.fromEntries(fields.map((name) => [name, data.get(name) ?? ""])));
  if (!input.success) {
    const errors = input.error.issues.map(({ path }) => [String(path[0]), "invalid"]);
    return { ...INVALID, fieldErrors: Object.fromEntries(errors) };
  }
  const result = await runAsMember(member, "partner_alerts.save", (tx) => saveAlerts(tx, member, input.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/alerts`);
  return { status: "ok" };
}
