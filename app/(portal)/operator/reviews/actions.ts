"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { SPECIFICATION_FIELDS } from "@/lib/catalogue/integration/fields";
import { cleanLines } from "@/lib/core/outside-text";
import { decideReview } from "@/lib/partner/specification/decide-review";
import { approvalReason, fieldComment, rejectionReason } from "@/lib/partner/specification/schema";
import { getWebEnv } from "@/lib/platform/env";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

const PATH = "/operator/reviews";
const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;

/** Comments to fields, as the form names them; null when one is too long. */
function readComments(data: FormData): Record<string, string> | null {
  const written = Object.keys(SPECIFICATION_FIELDS)
    .map((field) => [field, cleanLines(String(data.get(`comment.${field}`) ?? ""))] as const)
    .filter(([, words]) => words !== "");
  const read = z.record(z.string(), fieldComment).safeParse(Object.fromEntries(written));
  return read.success ? read.data : null;
}

/** Gets `specificationId`, `outcome`, `reason` and `comment.<field>`. */
export async function decideReviewAction(_previous: FormState, data: FormData): Promise<FormState> {
  const outcome = z.enum(["approved", "rejected"]).safeParse(data.get("outcome"));
  const action = outcome.data === "rejected" ? "specification.reject" : "specification.approve";
  const viewer = await getActingOperator(action, PATH);
  const specificationId = z.uuid().safeParse(data.get("specificationId"));
  const comments = readComments(data);
  if (!outcome.success || !specificationId.success || !comments) return INVALID;
  const given = String(data.get("reason") ?? "");
  const reason = (outcome.data === "rejected" ? rejectionReason : approvalReason).safeParse(given);
  if (!reason.success)
    return { ...INVALID, fieldErrors: { reason: cleanLines(given) === "" ? "required" : "too_long" } };
  const decision = {
    specificationId: specificationId.data,
    outcome: outcome.data,
    reason: reason.data,
    comments,
  };
  const result = await runAction(
    action,
    viewer,
    () => asOperator(viewer, (tx) => decideReview(tx, viewer, decision, getWebEnv().KYTKIN_REVIEW_APPROVALS)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath(PATH, "layout");
  return { status: "ok" };
}
