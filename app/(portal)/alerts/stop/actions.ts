"use server";
import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { AppError, isAppError } from "@/lib/core/app-error";
import { stopAlerts } from "@/lib/partner/alert/manage-alerts";
import { stopToken } from "@/lib/partner/alert/schema";
import { inScope } from "@/lib/platform/web-database";

/** Stops the mails that a member chose: the token in a mail's link says whose, without a session. */
export async function stopAlertsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const token = stopToken.safeParse(data.get("token"));
  try {
    if (!token.success) throw new AppError("gone", "no link");
    await inScope({ kind: "public" }, (tx) => stopAlerts(tx, token.data));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { status: "error", code: error.code };
  }
  revalidatePath("/alerts/stop");
  return { status: "ok" };
}
