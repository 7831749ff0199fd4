"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { continuePlan } from "@/lib/activation/plan/continue-plan";
import { dropPlan } from "@/lib/activation/plan/end-plan";
import { planInput } from "@/lib/activation/plan/schema";
import { startPlan } from "@/lib/activation/plan/start-plan";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const integrationIdOf = (data: FormData) => z.uuid().safeParse(data.get("integrationId"));

/** Begins to activate an integration in the companies that are named, or in all that lack it. */
export async function startPlanAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = planInput.safeParse({
    integrationId: data.get("integrationId"),
    companyIds: data.getAll("companyIds"),
  });
  if (!input.success) return INVALID;
  const viewer = await getViewer("/home");
  const result = await runAction("plan.start", viewer, () =>
    asCustomer(viewer, (tx) => startPlan(tx, viewer, input.data)),
  );
  if (!result.ok) return result.state;
  redirect(result.value);
}

/** Goes on with the next companies of a plan. */
export async function continuePlanAction(_previous: FormState, data: FormData): Promise<FormState> {
  const integrationId = integrationIdOf(data);
  if (!integrationId.success) return INVALID;
  const viewer = await getViewer("/home");
  const result = await runAction("plan.continue", viewer, () =>
    asCustomer(viewer, (tx) => continuePlan(tx, viewer, integrationId.data)),
  );
  if (!result.ok) return result.state;
  redirect(result.value);
}

/** Leaves the rest of a plan alone. */
export async function dropPlanAction(_previous: FormState, data: FormData): Promise<FormState> {
  const integrationId = integrationIdOf(data);
  if (!integrationId.success) return INVALID;
  const viewer = await getViewer("/home");
  const result = await runAction("plan.drop", viewer, () =>
    asCustomer(viewer, (tx) => dropPlan(tx, viewer, integrationId.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath("/home");
  return { status: "ok" };
}

/** Gives up an activation that was begun and not submitted. */
export async function discardDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const draftId = z.uuid().safeParse(data.get("draftId"));
  if (!draftId.success) return INVALID;
  const viewer = await getViewer("/home");
  const result = await runAction("draft.discard", viewer, () =>
    asCustomer(viewer, (tx) => discardDraft(tx, viewer, draftId.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath("/home");
  return { status: "ok" };
}
