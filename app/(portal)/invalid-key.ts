import type { FormState } from "@/components/ui/form-state";

/** What was pasted is no key; it is not answered with. */
export const INVALID_KEY = {
  status: "error",
  code: "invalid_input",
  fieldErrors: { key: "key" },
} satisfies FormState;
