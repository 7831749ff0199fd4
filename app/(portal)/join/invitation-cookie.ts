import { cookies } from "next/headers";
import { getWebEnv } from "@/lib/env";
import { invitationToken } from "@/lib/membership/schema";

const INVITATION_COOKIE = "kytkin_invitation";
/** Long enough to sign in on the way. */
const COOKIE_SECONDS = 3600;

/**
 * Keeps the token of an invitation's link in this browser, so that it is in no address and no sign-in's row. At the root:
 * the answer to a sign-in already holds the page that it leads to.
 */
export async function keepInvitationToken(token: string): Promise<void> {
  (await cookies()).set(INVITATION_COOKIE, token, {
    httpOnly: true,
    sameSite: "lax",
    secure: getWebEnv().KYTKIN_PUBLIC_URL.startsWith("https:"),
    path: "/",
    maxAge: COOKIE_SECONDS,
  });
}

export async function findInvitationToken(): Promise<string | null> {
  const parsed = invitationToken.safeParse((await cookies()).get(INVITATION_COOKIE)?.value);
  return parsed.success ? parsed.data : null;
}

export async function forgetInvitationToken(): Promise<void> {
  (await cookies()).delete(INVITATION_COOKIE);
}
