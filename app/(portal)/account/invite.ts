import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { problemOfAddress } from "@/lib/core/email-address";
import type { Viewer } from "@/lib/people/account/schema";
import { inviteColleague } from "@/lib/people/membership/invite-colleague";
import { INVITATION_LIMITS } from "@/lib/people/membership/rules";
import { inviteInput } from "@/lib/people/membership/schema";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";

/** Invites the form's `email`, to go on with a draft if one is given. */
export async function invite(viewer: Viewer, data: FormData, draftId?: string): Promise<FormState> {
  const input = inviteInput.safeParse({
    email: data.get("email"),
    access: data.get("access") ?? undefined,
  });
  if (!input.success)
    return {
      status: "error",
      code: "invalid_input",
      fieldErrors: { email: problemOfAddress(data.get("email")) },
    };
  // A request is handed over alone, unless membership of the account was chosen.
  const { email, access = draftId ? "request" : "account" } = input.data;
  const result = await runAction("invitation.create", viewer, async () => {
    // Counted in a transaction of its own, so that a refusal does not give the try back.
    await asCustomer(viewer, async (tx) => {
      await takeRateLimit(tx, { ...INVITATION_LIMITS.perAccount, subject: viewer.accountId });
      await takeRateLimit(tx, { ...INVITATION_LIMITS.perAddress, subject: email });
    });
    await asCustomer(viewer, (tx) => inviteColleague(tx, viewer, { email, draftId, access }));
  });
  if (!result.ok) {
    const isMember = result.state.status === "error" && result.state.code === "conflict";
    return isMember
      ? { status: "error", code: "invalid_input", fieldErrors: { email: "member" } }
      : result.state;
  }
  revalidatePath("/", "layout");
  return { status: "ok" };
}
