import { withScope } from "@/db/scope";
import { isAppError } from "@/lib/core/app-error";
import { type CompleteSignInInput, completeSignIn } from "./complete-sign-in";
import type { AuthContext } from "./context";
import { takeSignInLimit } from "./limits";
import { findWaitingSignIn } from "./queries";
import { HOME_PATH } from "./rules";
import type { CompletedSignIn } from "./schema";
import { takeCodeTry } from "./take-code-try";
import { codeToken } from "./verification-hash";

/** `code_expired`: the link of the same mail still works for a while. */
type EndedCode = "code_expired" | "link_used" | "link_unknown" | "too_many_codes";

export type CodeResult =
  | ({ kind: "done" } & CompletedSignIn)
  | { kind: "wrong"; triesLeft: number }
  | { kind: "ended"; problem: EndedCode; callbackPath: string };

/** Why there is no code of this browser to try. */
async function explainEnd(auth: AuthContext, browserId: string): Promise<CodeResult> {
  const waiting = await withScope(auth.database, { kind: "auth" }, (tx) => findWaitingSignIn(tx, browserId));
  if (!waiting) return { kind: "ended", problem: "link_unknown", callbackPath: HOME_PATH };
  const { isUsed, codeTriesLeft, callbackPath } = waiting;
  if (isUsed) return { kind: "ended", problem: "link_used", callbackPath };
  return { kind: "ended", problem: codeTriesLeft > 0 ? "code_expired" : "too_many_codes", callbackPath };
}

/** Signs the waiting tab in by the mail's code. Throws `too_many_requests`. */
export async function redeemCode(
  auth: AuthContext,
  input: Omit<CompleteSignInInput, "token"> & { browserId: string; code: string; ipSubject: string },
): Promise<CodeResult> {
  const { browserId, code, ipSubject, ...rest } = input;
  await takeSignInLimit(auth.database, "codesPerIp", ipSubject);
  const taken = await takeCodeTry(auth.database, browserId);
  if (!taken) return await explainEnd(auth, browserId);
  await takeSignInLimit(auth.database, "codesPerAddress", taken.email);
  try {
    const token = codeToken(taken.signInId, code);
    return { kind: "done", ...(await completeSignIn(auth, { ...rest, token })) };
  } catch (error) {
    if (!isAppError(error, "gone")) throw error;
    return taken.triesLeft > 0
      ? { kind: "wrong", triesLeft: taken.triesLeft }
      : await explainEnd(auth, browserId);
  }
}
