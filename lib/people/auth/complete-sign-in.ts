import { withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { callNextAuth } from "./call-next-auth";
import type { AuthContext } from "./context";
import { endSession } from "./end-session";
import { findPurpose } from "./queries";
import { readSession } from "./read-session";
import { HOME_PATH } from "./rules";
import type { CompletedSignIn } from "./schema";
import { verificationHash } from "./verification-hash";

export type CompleteSignInInput = {
  /** The link's token, or `codeToken(…)`. */
  token: string;
  /** The browser's session so far: it ends, whoever it belonged to. */
  previousSessionToken: string | undefined;
  /** The language of a new user. */
  locale: string;
};

const isRefusal = (location: string | null): boolean => location?.includes("error=Verification") ?? false;

/** Redeems a link or a code through next-auth, which makes the session. Throws `gone` when it is used, expired or unknown. */
export async function completeSignIn(
  auth: AuthContext,
  input: CompleteSignInInput,
): Promise<CompletedSignIn> {
  const { token, previousSessionToken, locale } = input;
  const answer = await callNextAuth(auth, {
    method: "POST",
    path: ["callback", "email"],
    query: { token },
    sessionToken: previousSessionToken,
    locale,
  });
  if (isRefusal(answer.location)) throw new AppError("gone", "sign-in token");
  const session = answer.sessionToken ? await readSession(auth.database, answer.sessionToken) : null;
  if (!answer.sessionToken || !session) throw new Error(`next-auth made no session: ${answer.location}`);
  if (previousSessionToken) await endSession(auth.database, previousSessionToken);
  const purpose = await withScope(auth.database, { kind: "auth" }, (tx) =>
    findPurpose(tx, verificationHash(token, auth.secret)),
  );
  const { expiresAt: _, ...viewer } = session;
  return {
    sessionToken: answer.sessionToken,
    viewer,
    callbackPath: purpose?.callbackPath ?? HOME_PATH,
    acceptanceHash: purpose?.acceptanceHash ?? null,
  };
}
