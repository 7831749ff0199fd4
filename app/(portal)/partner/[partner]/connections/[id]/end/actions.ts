"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { cleanLine, cleanLines } from "@/lib/core/outside-text";
import { endInConsole, previewEnd } from "@/lib/partner/monitoring/end-connections";
import { endInput } from "@/lib/partner/monitoring/schema";
import { getActingMember, INVALID, runAsMember } from "../../../acting-member";

const sameName = (typed: string, name: string): boolean =>
  cleanLine(typed).toLowerCase() === cleanLine(name).toLowerCase();

/** Ends a connection, or all of its customer, once the company's name was typed. */
export async function endConnectionsAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "connection.deactivate");
  const parsed = endInput.safeParse(Object.fromEntries(data));
  if (!parsed.success) {
    if (!parsed.error.issues.some(({ path }) => path[0] === "reason")) return INVALID;
    const isEmpty = cleanLines(String(data.get("reason") ?? "")) === "";
    return { ...INVALID, fieldErrors: { reason: isEmpty ? "required" : "too_long" } };
  }
  const { typed, ...wanted } = parsed.data;
  const result = await runAsMember(member, "connection.deactivate", async (tx) => {
    const { connection } = await previewEnd(tx, wanted.connectionId);
    return sameName(typed, connection.company) ? endInConsole(tx, member, wanted) : null;
  });
  if (!result.ok) return result.state;
  if (result.value === null) return { ...INVALID, fieldErrors: { typed: "retyped" } };
  revalidatePath("/", "layout");
  redirect(`/partner/${partner}/connections/ends/${result.value}`);
}
