import type { KeyLoginState } from "@/lib/activation/pasted-key/key-login-state";
import type { Viewer } from "@/lib/people/account/schema";
import { actingOn } from "../../../acting";

/** The key is for a draft, which may have been handed over, or for an activation of one's own account. */
export async function actingOnKeyLogin(viewer: Viewer, { target }: KeyLoginState): Promise<Viewer> {
  return "draftId" in target ? actingOn(viewer, { draftId: target.draftId }) : viewer;
}
