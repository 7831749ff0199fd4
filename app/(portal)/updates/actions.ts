"use server";
import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { acceptUpdate } from "@/lib/connection/update/accept-update";
import { acceptUpdateInput } from "@/lib/connection/update/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";

/** Accepts a published version, once for all companies that are ticked. */
export async function acceptUpdateAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = acceptUpdateInput.safeParse({
    updateId: data.get("updateId"),
    contentHash: data.get("contentHash"),
    language: data.get("language"),
    connections: data.getAll("connections"),
  });
  if (!input.success) return { status: "error", code: "invalid_input" };
  const fieldErrors: Record<string, string> = {};
  if (data.get("accepted") !== "on") fieldErrors.accepted = "accept";
  if (input.data.connections.length === 0) fieldErrors.connections = "companies";
  if (Object.keys(fieldErrors).length > 0) return { status: "error", code: "invalid_input", fieldErrors };
  const path = `/updates/${input.data.updateId}`;
  const viewer = await getViewer(path);
  const result = await runAction("update.accept", viewer, () =>
    asCustomer(viewer, (tx) => acceptUpdate(tx, viewer, input.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath(path);
  revalidatePath("/home");
  return { status: "ok" };
}
