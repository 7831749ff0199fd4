"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { DecideManyState } from "@/components/partner/decide-many";
import type { FormState } from "@/components/ui/form-state";
import { cleanLines } from "@/lib/core/outside-text";
import { decideWholeRequest } from "@/lib/partner/monitoring/act-on-request";
import { MAX_DECIDED_AT_ONCE, type ManyResult, manyDecision } from "@/lib/partner/monitoring/schema";
import { asPartner } from "../../../../as-partner";
import { getActingMember, INVALID, runForMember } from "../../acting-member";

/** Decides about each of many requests in a transaction of its own, and says what became of each. */
export async function decideManyAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<DecideManyState> {
  const member = await getActingMember(partner, "request.decide");
  const ids = z.array(z.uuid()).min(1).max(MAX_DECIDED_AT_ONCE).safeParse(data.getAll("requestIds"));
  if (!ids.success) return INVALID;
  const decision = manyDecision.safeParse({ choice: data.get("choice"), reason: data.get("reason") });
  if (!decision.success) {
    const isTooLong = cleanLines(String(data.get("reason") ?? "")) !== "";
    return { ...INVALID, fieldErrors: { reason: isTooLong ? "too_long" : "required" } };
  }
  const results: ManyResult[] = [];
  for (const requestId of new Set(ids.data)) {
    const answer = await runForMember(member, "request.decide", () =>
      asPartner(member, (tx) => decideWholeRequest(tx, member, requestId, decision.data)),
    );
    const refusal = !answer.ok && answer.state.status === "error" ? answer.state.code : null;
    results.push({ requestId, outcome: refusal ?? "recorded" });
  }
  revalidatePath("/", "layout");
  return { status: "ok", results };
}
