"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { acceptTerms } from "@/lib/activation/draft/accept-terms";
import { chooseSettings } from "@/lib/activation/draft/choose-settings";
import { pathAfterAcceptance, savePendingAcceptance } from "@/lib/activation/draft/pending-acceptance";
import { removeConsent } from "@/lib/activation/draft/remove-consent";
import { acceptTermsInput, removeConsentInput, selectEnvironmentsInput } from "@/lib/activation/draft/schema";
import { selectEnvironments } from "@/lib/activation/draft/select-environments";
import { beginConsent as beginConsentAtVendor } from "@/lib/activation/grant/begin-consent";
import { askPreflight } from "@/lib/activation/preflight/ask-preflight";
import { submitRequestInput } from "@/lib/activation/request/schema";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import { AppError } from "@/lib/core/app-error";
import { findViewer } from "@/lib/people/auth/viewer";
import { actingOn, getActor, onRequest } from "../../acting";
import { runAction } from "../../run-action";
import { getLiveLink, runOnDraft } from "./on-draft";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;

export async function acceptTermsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = acceptTermsInput.safeParse(Object.fromEntries(data));
  if (!input.success) return INVALID;
  if (data.get("accepted") !== "on") return { ...INVALID, fieldErrors: { accepted: "accept" } };
  const { linkToken, language } = input.data;
  const acceptance = {
    specificationId: input.data.specificationId,
    contentHash: input.data.contentHash,
    acceptedAt: new Date(),
  };
  const next = pathAfterAcceptance(linkToken);
  const person = await findViewer();
  if (!person) {
    const hash = await savePendingAcceptance({ linkToken, language, ...acceptance });
    redirect(`/sign-in?${new URLSearchParams({ callbackUrl: next, reason: "accept", acceptance: hash })}`);
  }
  const viewer = await actingOn(person, { linkToken });
  const result = await runAction("draft.accept", viewer, () =>
    onRequest(
      viewer,
      async (tx) => acceptTerms(tx, viewer, await getLiveLink(tx, linkToken, language), acceptance),
      linkToken,
    ),
  );
  if (!result.ok) return result.state;
  redirect(next);
}

export async function beginConsentAction(_previous: FormState, data: FormData): Promise<FormState> {
  const token = String(data.get("linkToken") ?? "");
  const viewer = await getActor({ linkToken: token }, `/a/${token}/environments`);
  const result = await runOnDraft("draft.begin_consent", viewer, token, (tx, draft) =>
    beginConsentAtVendor(tx, viewer, draft),
  );
  if (!result.ok) return result.state;
  const begun = result.value;
  redirect(begun.kind === "address" ? begun.url.href : `/a/${token}/consent/${begun.grantId}`);
}

export async function removeConsentAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = removeConsentInput.safeParse(Object.fromEntries(data));
  if (!input.success) return INVALID;
  const { linkToken, grantId } = input.data;
  const viewer = await getActor({ linkToken }, `/a/${linkToken}/environments`);
  const result = await runOnDraft("draft.remove_consent", viewer, linkToken, (tx, draft) =>
    removeConsent(tx, viewer, draft, grantId),
  );
  if (!result.ok) return result.state;
  revalidatePath(`/a/${linkToken}/environments`);
  return { status: "ok" };
}

export async function selectEnvironmentsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = selectEnvironmentsInput.safeParse({
    linkToken: data.get("linkToken"),
    candidateIds: data.getAll("candidateIds"),
  });
  if (!input.success) return INVALID;
  const { linkToken, candidateIds } = input.data;
  const viewer = await getActor({ linkToken: linkToken }, `/a/${linkToken}/environments`);
  const result = await runOnDraft("draft.select", viewer, linkToken, async (tx, draft, link) => {
    await selectEnvironments(tx, viewer, draft, candidateIds);
    return link.specification.content.settings;
  });
  if (!result.ok) return result.state;
  redirect(`/a/${linkToken}/${result.value.length > 0 ? "settings" : "technical-user"}`);
}

export async function chooseSettingsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const token = String(data.get("linkToken") ?? "");
  const viewer = await getActor({ linkToken: token }, `/a/${token}/settings`);
  const given = Object.fromEntries(
    [...data].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const result = await runOnDraft("draft.choose_settings", viewer, token, (tx, draft) =>
    chooseSettings(tx, viewer, draft, given),
  );
  if (!result.ok) return result.state;
  if (!result.value.ok) return { ...INVALID, fieldErrors: result.value.problems };
  redirect(`/a/${token}/technical-user`);
}

export async function checkAgainAction(_previous: FormState, data: FormData): Promise<FormState> {
  const token = String(data.get("linkToken") ?? "");
  const viewer = await getActor({ linkToken: token }, `/a/${token}/technical-user`);
  const result = await runOnDraft("draft.check_again", viewer, token, (tx, draft) => askPreflight(tx, draft));
  if (!result.ok) return result.state;
  revalidatePath(`/a/${token}/technical-user`);
  return { status: "ok" };
}

export async function submitRequestAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = submitRequestInput.safeParse(Object.fromEntries(data));
  if (!input.success) return INVALID;
  const { linkToken, specificationId, contentHash } = input.data;
  const viewer = await getActor({ linkToken: linkToken }, `/a/${linkToken}/technical-user`);
  const result = await runOnDraft("request.submit", viewer, linkToken, async (tx, draft, link) => {
    // What the page showed has to be what is submitted.
    if (draft.specificationId !== specificationId || draft.contentHash !== contentHash)
      throw new AppError("changed_since_started");
    const requestId = await submitActivationRequest(tx, viewer, draft, link);
    return { requestId, hasSteps: link.specification.content.partnerSteps.kind !== "none" };
  });
  if (!result.ok) return result.state;
  const { requestId, hasSteps } = result.value;
  redirect(hasSteps ? `/requests/${requestId}/partner-steps` : `/requests/${requestId}`);
}
