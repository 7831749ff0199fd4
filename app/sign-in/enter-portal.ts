import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { afterSignIn } from "@/lib/auth/after-sign-in";
import { webAuth } from "@/lib/auth/context";
import { sessionCookieName, sessionCookieOptions } from "@/lib/auth/cookies";
import type { CompletedSignIn } from "@/lib/auth/schema";
import { log } from "@/lib/log";

/** Hands the session to this browser and goes on to where it wanted to be. */
export async function enterPortal(completed: CompletedSignIn): Promise<never> {
  const { sessionToken, viewer, callbackPath } = completed;
  const { publicUrl } = webAuth();
  (await cookies()).set(sessionCookieName(publicUrl), sessionToken, sessionCookieOptions(publicUrl));
  try {
    await afterSignIn(completed);
  } catch (error) {
    // Whoever is signed in stays so; what was pending is asked for again on the next page.
    log.error({ err: error, userId: viewer.userId }, "work after sign-in failed");
  }
  redirect(callbackPath);
}
