"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { addReturnAddress, removeReturnAddress } from "@/lib/catalogue/link/return-addresses";
import { findReturnAddressProblem } from "@/lib/catalogue/link/rules";
import { problemOfAddress } from "@/lib/core/email-address";
import { cleanLine } from "@/lib/core/outside-text";
import { actAsMember } from "@/lib/partner/organization/act-as-member";
import {
  LOGO_MAX_BYTES,
  PROFILE_ADDRESSES,
  PROFILE_EMAILS,
  profileInput,
} from "@/lib/partner/organization/schema";
import { setLogo, updateProfile } from "@/lib/partner/organization/update-profile";
import { getWebEnv } from "@/lib/platform/env";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

const EMAILS: readonly string[] = PROFILE_EMAILS;
const ADDRESSES: readonly string[] = PROFILE_ADDRESSES;

function problemOf(field: string, typed: string): string {
  if (typed === "") return "required";
  if (EMAILS.includes(field)) return problemOfAddress(typed);
  return ADDRESSES.includes(field) ? "web_address" : "invalid";
}

export async function saveProfileAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner.profile");
  const typed = Object.fromEntries(
    Object.keys(profileInput.shape).map((field) => [field, cleanLine(String(data.get(field) ?? ""))]),
  );
  const input = profileInput.safeParse(typed);
  if (!input.success) {
    const fields = input.error.issues.map(({ path }) => String(path[0]));
    const errors = fields.map((field) => [field, problemOf(field, typed[field] ?? "")]);
    return { ...INVALID, fieldErrors: Object.fromEntries(errors) };
  }
  const result = await runAsMember(member, "partner.profile", (tx) => updateProfile(tx, member, input.data));
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  return { status: "ok" };
}

export async function setLogoAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner.profile");
  const file = data.get("logo");
  if (!(file instanceof File) || file.size === 0) return { ...INVALID, fieldErrors: { logo: "required" } };
  if (file.size > LOGO_MAX_BYTES) return { ...INVALID, fieldErrors: { logo: "picture" } };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const result = await runAsMember(member, "partner.profile", (tx) => setLogo(tx, member, bytes));
  if (!result.ok) {
    const isPicture = result.state.status === "error" && result.state.code === "invalid_input";
    return isPicture ? { ...INVALID, fieldErrors: { logo: "picture" } } : result.state;
  }
  revalidatePath(`/partner/${member.slug}`, "layout");
  return { status: "ok" };
}

export async function removeLogoAction(
  partner: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner.profile");
  const result = await runAsMember(member, "partner.profile", (tx) => setLogo(tx, member, null));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}`, "layout");
  return { status: "ok" };
}

export async function addReturnAddressAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "return_address.add");
  const address = cleanLine(String(data.get("address") ?? ""));
  if (address === "") return { ...INVALID, fieldErrors: { address: "required" } };
  const allowLoopback = getWebEnv().KYTKIN_OUTGOING_LOOPBACK;
  if (address.length > 2000 || findReturnAddressProblem(address, allowLoopback) !== null)
    return { ...INVALID, fieldErrors: { address: "return_address" } };
  const result = await runAsMember(member, "return_address.add", async (tx) => {
    // Addresses are of no stage.
    await addReturnAddress(tx, actAsMember(member, "test", "links.manage"), address, allowLoopback);
  });
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/profile`);
  return { status: "ok" };
}

export async function removeReturnAddressAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "return_address.remove");
  const id = z.uuid().safeParse(data.get("addressId"));
  if (!id.success) return INVALID;
  const result = await runAsMember(member, "return_address.remove", (tx) =>
    removeReturnAddress(tx, actAsMember(member, "test", "links.manage"), id.data),
  );
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/profile`);
  return { status: "ok" };
}
