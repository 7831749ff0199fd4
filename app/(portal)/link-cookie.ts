import { cookies } from "next/headers";
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
      (await cookies()).set(name, token, {
        httpOnly: true,
        sameSite: "lax",
        secure: getWebEnv().KYTKIN_PUBLIC_URL.startsWith("https:"),
        path: "/",
        maxAge: COOKIE_SECONDS,
      });
    },
    find: async () => {
      // Every link of ours carries the same: 256 random bits in base64url.
      const parsed = signInLinkToken.safeParse((await cookies()).get(name)?.value);
      return parsed.success ? parsed.data : null;
    },
    forget: async () => {
      (await cookies()).delete(name);
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
