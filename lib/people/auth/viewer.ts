import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Viewer } from "@/lib/people/account/schema";
import { webAuth } from "./context";
import { sessionCookieName } from "./cookies";
import { readSession } from "./read-session";
import { signInHrefFrom } from "./rules";

/** The session cookie's value, whether it is still good or not. */
export async function findSessionToken(): Promise<string | undefined> {
  return (await cookies()).get(sessionCookieName(webAuth().publicUrl))?.value;
}

/** Who is signed in, or null. Asked once for each request, from the session's row. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const token = await findSessionToken();
  const session = token ? await readSession(webAuth().database, token) : null;
  if (!session) return null;
  const { expiresAt: _, ...viewer } = session;
  return viewer;
});

/** Who is signed in; a visitor is sent to sign in and comes back to `returnTo`, a path of ours. */
export async function getViewer(returnTo: string): Promise<Viewer> {
  const viewer = await findViewer();
  if (viewer) return viewer;
  redirect(signInHrefFrom(returnTo, Boolean(await findSessionToken())));
}
