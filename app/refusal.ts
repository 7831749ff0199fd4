import type { FormState } from "@/components/ui/form-state";
import type { AppError } from "@/lib/core/app-error";

/** An expected failure as a form's state: its code, and when a limit lets the same through again. */
export function refusalOf({ code, retryAfterSeconds }: AppError): FormState {
  if (retryAfterSeconds === undefined) return { status: "error", code };
  return { status: "error", code, retryAt: new Date(Date.now() + retryAfterSeconds * 1000).toISOString() };
}
