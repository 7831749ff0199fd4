import type { RequestTransaction } from "@/db/scope";
import { findActor, type Place } from "@/lib/activation/guest/act-as-guest";
import type { Viewer } from "@/lib/people/account/schema";
import { requestScope } from "@/lib/people/account/scope-of";
import { getViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";

/** In whose name the viewer works there: a member's, or that of the guest of one request. */
export function actingOn(viewer: Viewer, place: Place): Promise<Viewer> {
  return inScope({ kind: "auth" }, (tx) => findActor(tx, viewer, place));
}

/** Who is signed in, as they act there; a visitor is sent to sign in and comes back to `returnTo`. */
export async function getActor(place: Place, returnTo: string): Promise<Viewer> {
  return actingOn(await getViewer(returnTo), place);
}

/** A transaction of a request's work, in the account of the member or in the guest's one draft. */
export function onRequest<T>(
  actor: Viewer,
  work: (tx: RequestTransaction) => Promise<T>,
  linkToken?: string,
): Promise<T> {
  return inScope(requestScope(actor, linkToken), work);
}
