import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { takePendingAcceptance } from "@/lib/activation/draft/pending-acceptance";
import { webAuth } from "@/lib/people/auth/context";
import { sessionCookieName, sessionCookieOptions } from "@/lib/people/auth/cookies";
import type { CompletedSignIn } from "@/lib/people/auth/schema";
import { log } from "@/lib/platform/log";

/** Hands the session to this browser and goes on to where it wanted to be. */
export async function enterPortal(completed: CompletedSignIn): Promise<never> {
  const { sessionToken, viewer, callbackPath } = completed;
  const { publicUrl } = webAuth();
  (await cookies()).set(sessionCookieName(publicUrl), sessionToken, sessionCookieOptions(publicUrl));
  try {
    await takePendingAcceptance(completed);
  } catch (error) {
    // Whoever is signed in stays so; what was pending is asked for again on the next page.
    log.error({ err: error, userId: viewer.userId }, "work after sign-in failed");
  }
  redirect(callbackPath);
}
