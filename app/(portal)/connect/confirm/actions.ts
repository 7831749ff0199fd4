"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { DATABASE_AWAY, isDatabaseAway } from "@/db/errors";
import { confirmInitiator } from "@/lib/activation/grant/confirm-initiator";
import { isAppError } from "@/lib/core/app-error";
import { inScope } from "@/lib/platform/web-database";

/** The initiator says yes. The token is the authority; nobody has to be signed in. */
export async function confirmInitiatorAction(
  token: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  try {
    await inScope({ kind: "public" }, (tx) => confirmInitiator(tx, token));
  } catch (error) {
    if (isDatabaseAway(error)) return { status: "error", code: DATABASE_AWAY };
    if (isAppError(error)) return { status: "error", code: error.code };
    throw error;
  }
  redirect("/connect/confirm?done=1");
}
