"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { cleanLine } from "@/lib/core/outside-text";
import { createIntegration } from "@/lib/partner/specification/create-integration";
import { newIntegration } from "@/lib/partner/specification/schema";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

/** What is wrong with a field, as a key of `errors.fields`. */
function problemOf(field: string, typed: string): string {
  if (typed === "") return "required";
  if (field === "slug") return "slug";
  return field === "name" ? "too_long" : "choice";
}

export async function createIntegrationAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "integration.create");
  const typed = Object.fromEntries(
    ["name", "slug", "vendorApplicationId", "mainLanguage"].map((field) => [
      field,
      cleanLine(String(data.get(field) ?? "")),
    ]),
  );
  const input = newIntegration.safeParse({ ...typed, copyOf: data.get("copyOf") || null });
  if (!input.success) {
    const fields = input.error.issues.map(({ path }) => String(path[0]));
    return {
      ...INVALID,
      fieldErrors: Object.fromEntries(fields.map((field) => [field, problemOf(field, typed[field] ?? "")])),
    };
  }
  const result = await runAsMember(member, "integration.create", (tx) =>
    createIntegration(tx, member, input.data),
  );
  if (!result.ok) {
    const isTaken = result.state.status === "error" && result.state.code === "conflict";
    return isTaken ? { ...INVALID, fieldErrors: { slug: "integration_slug_taken" } } : result.state;
  }
  const base = `/partner/${member.slug}/integrations`;
  revalidatePath(base);
  redirect(`${base}/${input.data.slug}/edit`);
}
