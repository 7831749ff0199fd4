import type { FormState } from "@/components/ui/form-state";

/** What was pasted is no key, or several; it is not answered with. */
export function refuseKey(problem: "key" | "key_several"): FormState {
  return { status: "error", code: "invalid_input", fieldErrors: { key: problem } };
}
