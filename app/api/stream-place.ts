import { sha256 } from "@/lib/core/hash";
import { webAuth } from "@/lib/people/auth/context";
import { readSession } from "@/lib/people/auth/read-session";
import { findSessionToken } from "@/lib/people/auth/viewer";
import { takeStreamPlace } from "@/lib/platform/stream-places";

/** A place for an event stream of this browser's session, in the account or for `partnerId`; null when none is free. */
export async function takePlace(partnerId?: string): Promise<(() => void) | null> {
  const token = await findSessionToken();
  const viewer = token ? await readSession(webAuth().database, token) : null;
  return token && viewer ? takeStreamPlace(sha256(token), partnerId ?? viewer.accountId) : null;
}

export function tooManyStreams(): Response {
  return new Response(null, { status: 429, headers: { "Cache-Control": "no-store", "Retry-After": "60" } });
}
