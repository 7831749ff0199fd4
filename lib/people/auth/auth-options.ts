import type { AuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import { randomToken } from "@/lib/core/hash";
import { log } from "@/lib/platform/log";
import { createAdapter } from "./adapter";
import type { AuthContext } from "./context";
import { sessionCookieName, sessionCookieOptions } from "./cookies";
import { LINK_SECONDS, SESSION_SECONDS, SESSION_UPDATE_SECONDS } from "./rules";

const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause ? error.cause : error);

const logger: AuthOptions["logger"] = {
  error: (event, metadata) => {
    const error = causeOf(metadata instanceof Error ? metadata : metadata.error);
    log.error({ event, err: error }, "next-auth failed");
  },
  // Its one warning is that NEXTAUTH_URL is missing: it only shapes redirects, and we follow none of next-auth's.
  warn: () => {},
  debug: () => {},
};

/** next-auth for one call. It makes and reads sessions; asking, mailing and confirming are ours. */
export function authOptions(auth: AuthContext, locale: string): AuthOptions {
  return {
    secret: auth.secret,
    adapter: createAdapter(auth, locale),
    providers: [EmailProvider({ maxAge: LINK_SECONDS })],
    session: {
      strategy: "database",
      maxAge: SESSION_SECONDS,
      updateAge: SESSION_UPDATE_SECONDS,
      generateSessionToken: () => randomToken(),
    },
    pages: { signIn: "/sign-in", verifyRequest: "/sign-in/check", error: "/sign-in/error" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(auth.publicUrl),
        options: sessionCookieOptions(auth.publicUrl),
      },
    },
    useSecureCookies: auth.publicUrl.startsWith("https://"),
    logger,
  };
}
