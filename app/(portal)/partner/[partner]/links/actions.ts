"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { problemOfAddress } from "@/lib/core/email-address";
import { cleanLine } from "@/lib/core/outside-text";
import {
  changeLink,
  makeLink,
  makeLinkSession,
  prefillSettings,
  withdrawOwnLink,
} from "@/lib/partner/link/manage-links";
import { getLinkDetails } from "@/lib/partner/link/queries";
import { linkChangeInput, linkInput, sessionInput } from "@/lib/partner/link/schema";
import { getWebEnv } from "@/lib/platform/env";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

const textsOf = (data: FormData, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")]));

/** What each field's trouble is called, where it is not that it is empty. */
const PROBLEMS: Record<string, string> = {
  label: "too_long",
  campaign: "too_long",
  customerRef: "too_long",
  expiresOn: "day_past",
  maxUses: "number",
  returnUrl: "web_address",
  businessIds: "too_long",
};
const REQUIRED = ["label", "customerRef"];

function refuse(error: z.ZodError, typed: Record<string, string>): FormState {
  const problems = error.issues.map(({ path }): [string, string] => {
    const field = String(path[0]);
    const isEmpty = REQUIRED.includes(field) && cleanLine(typed[field] ?? "") === "";
    if (field === "email") return [field, problemOfAddress(typed[field])];
    return [field, isEmpty ? "required" : (PROBLEMS[field] ?? "choice")];
  });
  return { ...INVALID, fieldErrors: Object.fromEntries(problems) };
}

export async function createLinkAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "link.create");
  const typed = textsOf(data, Object.keys(linkInput.shape));
  const input = linkInput.safeParse(typed);
  if (!input.success) return refuse(input.error, typed);
  const result = await runAsMember(member, "link.create", (tx) => makeLink(tx, member, input.data));
  if (!result.ok) return result.state;
  redirect(`/partner/${member.slug}/links/${result.value}`);
}

export async function changeLinkAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "link.update");
  if (!z.uuid().safeParse(id).success) return INVALID;
  const typed = textsOf(data, Object.keys(linkChangeInput.shape));
  const input = linkChangeInput.safeParse(typed);
  if (!input.success) return refuse(input.error, typed);
  const result = await runAsMember(member, "link.update", (tx) => changeLink(tx, member, id, input.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/links`, "layout");
  return { status: "ok" };
}

export async function prefillSettingsAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "link.update");
  if (!z.uuid().safeParse(id).success) return INVALID;
  const given = Object.fromEntries(
    [...data].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const result = await runAsMember(member, "link.update", async (tx) => {
    const { settings } = await getLinkDetails(tx, id, getWebEnv().KYTKIN_PUBLIC_URL);
    return prefillSettings(tx, member, id, { settings, given });
  });
  if (!result.ok) return result.state;
  if (Object.keys(result.value).length > 0) return { ...INVALID, fieldErrors: result.value };
  revalidatePath(`/partner/${member.slug}/links`, "layout");
  return { status: "ok" };
}

export async function withdrawLinkAction(partner: string, id: string): Promise<FormState> {
  const member = await getActingMember(partner, "link.withdraw");
  if (!z.uuid().safeParse(id).success) return INVALID;
  const result = await runAsMember(member, "link.withdraw", (tx) => withdrawOwnLink(tx, member, id));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/links`, "layout");
  return { status: "ok" };
}

export async function createSessionAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "link_session.create");
  const typed = textsOf(data, Object.keys(sessionInput.shape));
  const input = sessionInput.safeParse(typed);
  if (!input.success) return refuse(input.error, typed);
  const result = await runAsMember(member, "link_session.create", (tx) =>
    makeLinkSession(tx, member, input.data),
  );
  if (!result.ok) {
    const { state } = result;
    // All that is left to be refused is where it leads back to.
    return state.status === "error" && state.code === "invalid_input"
      ? { ...INVALID, fieldErrors: { returnUrl: "not_listed" } }
      : state;
  }
  redirect(`/partner/${member.slug}/links/${result.value}`);
}
