import type { Viewer } from "@/lib/account/schema";
import type { KeyLoginState } from "@/lib/pasted-key/key-login-state";
import { actingOn } from "../../../acting";

/** The key is for a draft, which may have been handed over, or for an activation of one's own account. */
export async function actingOnKeyLogin(viewer: Viewer, { target }: KeyLoginState): Promise<Viewer> {
  return "draftId" in target ? actingOn(viewer, { draftId: target.draftId }) : viewer;
}
