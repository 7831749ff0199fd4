"use server";
import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { cleanLines } from "@/lib/core/outside-text";
import { endAsOperator } from "@/lib/operations/end/end-as-operator";
import { operatorEnd, TYPED_LENGTH } from "@/lib/operations/end/schema";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;

/** Ends a connection in the operator's name, once the beginning of its id was typed. */
export async function endAsOperatorAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("connection.deactivate", "/operator/connections");
  const parsed = operatorEnd.safeParse(Object.fromEntries(data));
  if (!parsed.success) {
    if (!parsed.error.issues.some(({ path }) => path[0] === "reason")) return INVALID;
    const isEmpty = cleanLines(String(data.get("reason") ?? "")) === "";
    return { ...INVALID, fieldErrors: { reason: isEmpty ? "required" : "too_long" } };
  }
  const { typed, ...wanted } = parsed.data;
  if (typed.trim().toLowerCase() !== wanted.connectionId.slice(0, TYPED_LENGTH))
    return { ...INVALID, fieldErrors: { typed: "retyped" } };
  const result = await runAction(
    "connection.deactivate",
    viewer,
    () => asOperator(viewer, (tx) => endAsOperator(tx, viewer, wanted)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath("/operator", "layout");
  return { status: "ok" };
}
