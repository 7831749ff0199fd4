import { cookies } from "next/headers";
import { webAuth } from "./context";
import { sessionCookieName, sessionCookieOptions } from "./cookies";
import { endAllSessions, endSession } from "./end-session";
import { findSessionToken, findViewer } from "./viewer";

async function clearSessionCookie(): Promise<void> {
  const { publicUrl } = webAuth();
  const options = { ...sessionCookieOptions(publicUrl), maxAge: 0 };
  (await cookies()).set(sessionCookieName(publicUrl), "", options);
}

/** Ends this browser's session. For server actions and route handlers, which may set cookies. */
export async function signOut(): Promise<void> {
  const token = await findSessionToken();
  if (token) await endSession(webAuth().database, token);
  await clearSessionCookie();
}

/** Ends the viewer's sessions on all devices, this one too. */
export async function signOutEverywhere(): Promise<void> {
  const viewer = await findViewer();
  if (viewer) await endAllSessions(webAuth().database, viewer.userId);
  await clearSessionCookie();
}
