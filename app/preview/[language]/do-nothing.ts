"use server";
import { type FormState, IDLE_FORM } from "@/components/ui/form-state";

/** The button of a preview. */
export async function doNothing(): Promise<FormState> {
  return IDLE_FORM;
}
