import { type CompleteSignInInput, completeSignIn } from "./complete-sign-in";
import type { AuthContext } from "./context";
import { takeSignInLimit } from "./limits";
import type { CompletedSignIn } from "./schema";

/** Signs in by the mail's link. Throws `gone` or `too_many_requests`. */
export async function redeemLink(
  auth: AuthContext,
  input: CompleteSignInInput & { ipSubject: string },
): Promise<CompletedSignIn> {
  await takeSignInLimit(auth.database, "linksPerIp", input.ipSubject);
  return await completeSignIn(auth, input);
}
