"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { AddKey } from "@/components/sftp/key-form";
import type { RenewPassword } from "@/components/sftp/password-form";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import {
  addKey,
  allowAddress,
  closeAccount,
  confirmFound,
  openAccount,
  removeKey,
  renewPassword,
  setNetworks,
} from "@/lib/connection/intake/account/change-account";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../../../as-customer";
import { runAction } from "../../../run-action";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;

type Change<T> = (tx: ScopedTransaction<"customer">, viewer: Viewer, connectionId: string) => Promise<T>;

/** A change of the account of one connection, by a member of its customer; gives the form's error when it is refused. */
async function change<T>(
  action: Extract<AuditAction, `intake.${string}`>,
  data: FormData,
  work: Change<T>,
): Promise<{ ok: true; value: T } | { ok: false; state: FormState }> {
  const connectionId = z.uuid().safeParse(data.get("connectionId"));
  if (!connectionId.success) return { ok: false, state: INVALID };
  const path = `/connections/${connectionId.data}/files`;
  const viewer = await getViewer(path);
  // A password's hash takes a tenth of a second of the process that serves everybody's pages.
  const limit = { name: "intake.change", subject: viewer.accountId, max: 60, windowSeconds: 600 };
  const result = await runAction(action, viewer, async () => {
    await asCustomer(viewer, (tx) => takeRateLimit(tx, limit));
    return asCustomer(viewer, (tx) => work(tx, viewer, connectionId.data));
  });
  if (result.ok) revalidatePath(path);
  return result;
}

const toState = (result: { ok: true } | { ok: false; state: FormState }): FormState =>
  result.ok ? { status: "ok" } : result.state;

export async function openAccountAction(_previous: FormState, data: FormData): Promise<FormState> {
  return toState(await change("intake.open", data, openAccount));
}

export async function closeAccountAction(_previous: FormState, data: FormData): Promise<FormState> {
  return toState(await change("intake.close", data, closeAccount));
}

/** Answers with the password: the one time that it is shown. Only its hash is stored. */
export async function renewPasswordAction(_previous: FormState, data: FormData): ReturnType<RenewPassword> {
  const result = await change("intake.password", data, renewPassword);
  return result.ok ? { status: "ok", password: result.value } : result.state;
}

/** Answers with the fingerprint of the key that was pasted. */
export async function addKeyAction(_previous: FormState, data: FormData): ReturnType<AddKey> {
  const text = z.string().trim().max(10_000).safeParse(data.get("key"));
  if (!text.success) return { ...INVALID, fieldErrors: { key: "not_a_key" } };
  if (text.data === "") return { ...INVALID, fieldErrors: { key: "required" } };
  const result = await change("intake.add_key", data, (tx, viewer, id) => addKey(tx, viewer, id, text.data));
  if (!result.ok) return result.state;
  const { refusal, fingerprint } = result.value;
  return refusal ? { ...INVALID, fieldErrors: { key: refusal } } : { status: "ok", fingerprint };
}

export async function removeKeyAction(_previous: FormState, data: FormData): Promise<FormState> {
  const fingerprint = z.string().min(1).max(200).safeParse(data.get("fingerprint"));
  if (!fingerprint.success) return INVALID;
  return toState(
    await change("intake.remove_key", data, (tx, viewer, id) => removeKey(tx, viewer, id, fingerprint.data)),
  );
}

export async function allowAddressAction(_previous: FormState, data: FormData): Promise<FormState> {
  const address = z.string().min(1).max(100).safeParse(data.get("address"));
  if (!address.success) return INVALID;
  return toState(
    await change("intake.addresses", data, async (tx, viewer, id) => {
      if (!(await allowAddress(tx, viewer, id, address.data))) throw new AppError("invalid_input", "address");
    }),
  );
}

export async function setNetworksAction(_previous: FormState, data: FormData): Promise<FormState> {
  const text = z.string().max(10_000).safeParse(data.get("networks"));
  if (!text.success) return { ...INVALID, fieldErrors: { networks: "networks" } };
  const wanted = { text: text.data, allowsAny: data.get("any") === "yes" };
  const result = await change("intake.addresses", data, (tx, viewer, id) =>
    setNetworks(tx, viewer, id, wanted),
  );
  if (result.ok && result.value !== null) return { ...INVALID, fieldErrors: { networks: "networks" } };
  return toState(result);
}

export async function confirmFoundAction(_previous: FormState, data: FormData): Promise<FormState> {
  return toState(await change("intake.found", data, confirmFound));
}
