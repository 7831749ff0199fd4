"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { CreateKeyAction } from "@/components/partner/create-key-form";
import type { FormState } from "@/components/ui/form-state";
import { cleanLine } from "@/lib/core/outside-text";
import { makeApiKey, revokeOwnApiKey } from "@/lib/partner/organization/manage-api-keys";
import { apiKeyInput } from "@/lib/partner/organization/schema";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

/** Answers with the key: the one time that it is shown. */
export async function createKeyAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): ReturnType<CreateKeyAction> {
  const member = await getActingMember(partner, "api_key.create");
  const input = apiKeyInput.safeParse({
    name: data.get("name"),
    stage: data.get("stage"),
    scopes: data.getAll("scopes"),
    expiresAt: data.get("expires"),
  });
  if (!input.success) {
    const typed = cleanLine(String(data.get("name") ?? ""));
    return { ...INVALID, fieldErrors: { name: typed === "" ? "required" : "too_long" } };
  }
  const result = await runAsMember(member, "api_key.create", (tx) => makeApiKey(tx, member, input.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/keys`);
  return { status: "ok", key: result.value };
}

export async function revokeKeyAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "api_key.revoke");
  const keyId = z.uuid().safeParse(data.get("keyId"));
  if (!keyId.success) return INVALID;
  const result = await runAsMember(member, "api_key.revoke", (tx) => revokeOwnApiKey(tx, member, keyId.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/keys`);
  return { status: "ok" };
}
