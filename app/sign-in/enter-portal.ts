import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { afterSignIn } from "@/lib/people/auth/after-sign-in";
import { webAuth } from "@/lib/people/auth/context";
import { sessionCookieName, sessionCookieOptions } from "@/lib/people/auth/cookies";
import type { CompletedSignIn } from "@/lib/people/auth/schema";
import { log } from "@/lib/platform/log";

/** Hands the session to this browser and goes on to where it wanted to be. */
export async function enterPortal({ sessionToken, viewer, callbackPath }: CompletedSignIn): Promise<never> {
  const { publicUrl } = webAuth();
  (await cookies()).set(sessionCookieName(publicUrl), sessionToken, sessionCookieOptions(publicUrl));
  try {
    await afterSignIn(viewer);
  } catch (error) {
    // Whoever is signed in stays so; what was pending is asked for again on the next page.
    log.error({ err: error, userId: viewer.userId }, "work after sign-in failed");
  }
  redirect(callbackPath);
}
