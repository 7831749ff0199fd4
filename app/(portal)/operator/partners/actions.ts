"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { cleanLines } from "@/lib/core/outside-text";
import { acceptApplication, refuseApplication } from "@/lib/partner/join/decide-application";
import { partnerSlug, refusalReason } from "@/lib/partner/join/schema";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

const PATH = "/operator/partners";
const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const idOf = (data: FormData) => z.uuid().safeParse(data.get("applicationId"));

export async function acceptApplicationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("partner_application.accept", PATH);
  const applicationId = idOf(data);
  if (!applicationId.success) return INVALID;
  const slug = partnerSlug.safeParse(data.get("slug"));
  if (!slug.success) return { ...INVALID, fieldErrors: { slug: "slug" } };
  const input = { applicationId: applicationId.data, slug: slug.data };
  const result = await runAction(
    "partner_application.accept",
    viewer,
    () => asOperator(viewer, (tx) => acceptApplication(tx, viewer, input)),
    refusedToOperator,
  );
  if (!result.ok) {
    const isTaken = result.state.status === "error" && result.state.code === "invalid_input";
    return isTaken ? { ...INVALID, fieldErrors: { slug: "slug_taken" } } : result.state;
  }
  revalidatePath(PATH);
  return { status: "ok" };
}

export async function refuseApplicationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("partner_application.refuse", PATH);
  const applicationId = idOf(data);
  if (!applicationId.success) return INVALID;
  const reason = refusalReason.safeParse(data.get("reason"));
  if (!reason.success) {
    const isTooLong = cleanLines(String(data.get("reason") ?? "")) !== "";
    return { ...INVALID, fieldErrors: { reason: isTooLong ? "too_long" : "required" } };
  }
  const input = { applicationId: applicationId.data, reason: reason.data };
  const result = await runAction(
    "partner_application.refuse",
    viewer,
    () => asOperator(viewer, (tx) => refuseApplication(tx, viewer, input)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath(PATH);
  return { status: "ok" };
}
