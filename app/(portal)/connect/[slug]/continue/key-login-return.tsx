import { redirect } from "next/navigation";
import type { VendorReturn } from "@/lib/activation/grant/schema";
import { findPageOfKeyLogin } from "@/lib/activation/pasted-key/finish-key-login";
import { openKeyLogin } from "@/lib/activation/pasted-key/key-login-state";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { getWebEnv } from "@/lib/platform/env";
import { onRequest } from "../../../acting";
import { actingOnKeyLogin } from "./acting-on-key-login";
import { finishKeyLoginAction } from "./actions";
import { EndedHere } from "./ended-here";
import { FinishKeyLogin } from "./finish-key-login";
import { loadIntegration } from "./load-return";
import { ReturnFrame } from "./return-frame";

type Props = { viewer: Viewer; returned: Extract<VendorReturn, { kind: "key_login" }> };

/** The browser is back from the login that makes a key: with a code that is handed on, or with nothing. */
export async function KeyLoginReturn({ viewer, returned }: Props) {
  const { slug } = returned;
  const notYours = <EndedHere viewer={viewer} slug={slug} because="not_yours" />;
  const state = openKeyLogin(getWebEnv().NEXTAUTH_SECRET, returned.state);
  // The key of somebody else's login, or of another integration's, is not this person's to take.
  if (state?.userId !== viewer.userId || state.slug !== slug) return notYours;
  const actor = await actingOnKeyLogin(viewer, state);
  const page = await onRequest(actor, (tx) => findPageOfKeyLogin(tx, state)).catch((error: unknown) => {
    if (isAppError(error, "not_found")) return null;
    throw error;
  });
  if (page === null) return notYours;
  if (returned.code === null) redirect(`${page}?login=unfinished`);
  const { id } = await loadIntegration(slug);
  return (
    // A key of an activation is for no draft, whatever else of the integration is open.
    <ReturnFrame viewer={"draftId" in state.target ? actor : null} integrationId={id}>
      <FinishKeyLogin finish={finishKeyLoginAction.bind(null, slug)} backHref={page} />
    </ReturnFrame>
  );
}
