"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { changeRun } from "@/lib/operations/jobs/change-run";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

async function change(kind: "retry" | "cancel", data: FormData): Promise<FormState> {
  const viewer = await getActingOperator(`run.${kind}`, "/operator/jobs");
  const runId = z.uuid().safeParse(data.get("runId"));
  if (!runId.success) return { status: "error", code: "invalid_input" };
  const result = await runAction(
    `run.${kind}`,
    viewer,
    () => asOperator(viewer, (tx) => changeRun(tx, viewer, { runId: runId.data, change: kind })),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath("/operator", "layout");
  return { status: "ok" };
}

/** Goes on where a failed or cancelled run ended. */
export async function retryRunAction(_previous: FormState, data: FormData): Promise<FormState> {
  return change("retry", data);
}

export async function cancelRunAction(_previous: FormState, data: FormData): Promise<FormState> {
  return change("cancel", data);
}
