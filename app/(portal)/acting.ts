import type { RequestTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { requestScope } from "@/lib/account/scope-of";
import { getViewer } from "@/lib/auth/viewer";
import { findActor, type Place } from "@/lib/membership/act-as-guest";
import { inScope } from "@/lib/web-database";

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
