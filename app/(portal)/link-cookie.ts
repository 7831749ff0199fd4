import { cookies } from "next/headers";
import { cookieOptions, hostCookieName } from "@/lib/core/cookies";
import { signInLinkToken } from "@/lib/people/auth/schema";
import { getWebEnv } from "@/lib/platform/env";

/** Long enough to sign in on the way. */
const COOKIE_SECONDS = 3600;

type LinkCookie = {
  keep(token: string): Promise<void>;
  find(): Promise<string | null>;
  forget(): Promise<void>;
};

/**
 * Keeps the token of a mail's link in this browser, so that it is in no address and no sign-in's row. At the root: the
 * answer to a sign-in already holds the page that it leads to.
 */
function linkCookie(name: string): LinkCookie {
  return {
    keep: async (token) => {
      const { KYTKIN_PUBLIC_URL: publicUrl } = getWebEnv();
      (await cookies()).set(
        hostCookieName(name, publicUrl),
        token,
        cookieOptions(publicUrl, { maxAge: COOKIE_SECONDS }),
      );
    },
    find: async () => {
      // Every link of ours carries the same: 256 random bits in base64url.
      const parsed = signInLinkToken.safeParse(
        (await cookies()).get(hostCookieName(name, getWebEnv().KYTKIN_PUBLIC_URL))?.value,
      );
      return parsed.success ? parsed.data : null;
    },
    forget: async () => {
      const { KYTKIN_PUBLIC_URL: publicUrl } = getWebEnv();
      // With the attributes of the cookie: browsers refuse a change of a `__Host-` cookie without `Secure`.
      (await cookies()).set(hostCookieName(name, publicUrl), "", cookieOptions(publicUrl, { maxAge: 0 }));
    },
  };
}

export const invitationCookie = linkCookie("kytkin_invitation");
export const partnerInvitationCookie = linkCookie("kytkin_partner_invitation");
export const emailChangeCookie = linkCookie("kytkin_email_change");

/** Answers a mail's link: it changes nothing but what this browser keeps, and goes on to a clean address. */
export async function openLink(request: Request, cookie: LinkCookie, path: string): Promise<Response> {
  const token = signInLinkToken.safeParse(new URL(request.url).searchParams.get("token"));
  if (token.success) await cookie.keep(token.data);
  else await cookie.forget();
  return new Response(null, {
    status: 303,
    // The referrer policy of these addresses is in next.config.ts.
    headers: { Location: path, "Cache-Control": "no-store" },
  });
}
