"use server";
import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { cleanLines, lengthOf } from "@/lib/core/outside-text";
import { askToJoin } from "@/lib/partner/join/ask-to-join";
import { APPLICATION_LIMITS, applicationInput, MESSAGE_MIN } from "@/lib/partner/join/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";

function problemOf(field: string, typed: string): string {
  if (typed === "") return "required";
  if (field === "websiteUrl") return "web_address";
  return field === "message" && lengthOf(typed) < MESSAGE_MIN ? "too_short" : "invalid";
}

/** Asks the operator to make the person's organization a partner. */
export async function askToJoinAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getViewer("/partners");
  const typed = Object.fromEntries(
    Object.keys(applicationInput.shape).map((field) => [field, cleanLines(String(data.get(field) ?? ""))]),
  );
  const input = applicationInput.safeParse(typed);
  if (!input.success) {
    const fields = input.error.issues.map(({ path }) => String(path[0]));
    const errors = fields.map((field) => [field, problemOf(field, typed[field] ?? "")]);
    return { status: "error", code: "invalid_input", fieldErrors: Object.fromEntries(errors) };
  }
  const result = await runAction("partner_application.create", viewer, async () => {
    // Counted in a transaction of its own, so that a refusal does not give the try back.
    await asCustomer(viewer, (tx) =>
      takeRateLimit(tx, { ...APPLICATION_LIMITS.perPerson, subject: viewer.userId }),
    );
    await asCustomer(viewer, (tx) => askToJoin(tx, viewer, input.data));
  });
  if (!result.ok) return result.state;
  revalidatePath("/partners");
  return { status: "ok" };
}
