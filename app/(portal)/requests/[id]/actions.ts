"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { answerPartnerForm } from "@/lib/activation/request/answer-partner-form";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { retryActivationRequest } from "@/lib/activation/request/retry-activation-request";
import { getActor, onRequest } from "../../acting";
import { asCustomer } from "../../as-customer";
import { runAction } from "../../run-action";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const requestIdOf = (data: FormData) => z.uuid().safeParse(data.get("requestId"));

export async function cancelRequestAction(_previous: FormState, data: FormData): Promise<FormState> {
  const requestId = requestIdOf(data);
  if (!requestId.success) return INVALID;
  const viewer = await getActor({ requestId: requestId.data }, `/requests/${requestId.data}`);
  const result = await runAction("request.cancel", viewer, () =>
    onRequest(viewer, (tx) => cancelActivationRequest(tx, viewer, requestId.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath(`/requests/${requestId.data}`);
  return { status: "ok" };
}

export async function retryRequestAction(_previous: FormState, data: FormData): Promise<FormState> {
  const requestId = requestIdOf(data);
  if (!requestId.success) return INVALID;
  const viewer = await getActor({ requestId: requestId.data }, `/requests/${requestId.data}`);
  const result = await runAction("request.retry", viewer, () =>
    asCustomer(viewer, (tx) => retryActivationRequest(tx, viewer, requestId.data)),
  );
  if (!result.ok) return result.state;
  redirect(`/a/${result.value}/environments`);
}

export async function answerFormAction(_previous: FormState, data: FormData): Promise<FormState> {
  const requestId = requestIdOf(data);
  if (!requestId.success) return INVALID;
  const viewer = await getActor({ requestId: requestId.data }, `/requests/${requestId.data}/partner-steps`);
  const answers = Object.fromEntries(
    [...data].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const result = await runAction("request.answer_form", viewer, () =>
    onRequest(viewer, (tx) => answerPartnerForm(tx, viewer, requestId.data, answers)),
  );
  if (!result.ok) return result.state;
  if (!result.value.ok) return { ...INVALID, fieldErrors: result.value.problems };
  redirect(`/requests/${requestId.data}`);
}
