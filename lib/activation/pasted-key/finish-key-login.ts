import { eq } from "drizzle-orm";
import { drafts, pastedKeys } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import type { Viewer } from "@/lib/people/account/schema";
import type { KeyLoginState } from "./key-login-state";
import { takeKey } from "./paste-key";
import { getActivationToRecover } from "./queries";

/** Path of the page that the login was begun from. Throws `not_found` when what the key was for is no longer there. */
export async function findPageOfKeyLogin(tx: RequestTransaction, { target }: KeyLoginState): Promise<string> {
  if ("activationId" in target) {
    const { activationId } = await getActivationToRecover(tx, target.activationId, DEFAULT_LOCALE);
    return `/activations/${activationId}/key`;
  }
  const [draft] = await tx
    .select({ state: drafts.state, linkToken: drafts.linkToken })
    .from(drafts)
    .where(eq(drafts.id, target.draftId));
  if (draft?.state !== "open") throw new AppError("not_found", "draft");
  return `/a/${draft.linkToken}/key`;
}

/**
 * Takes the code that a login at the vendor brought back, once, and has the worker trade it for the key; from there on it
 * is a pasted key. Coming back twice leads to the same one. Gives the path to follow it at.
 */
export async function finishKeyLogin(
  tx: RequestTransaction,
  viewer: Viewer,
  state: KeyLoginState,
  code: string,
): Promise<string> {
  if (state.userId !== viewer.userId) throw new AppError("not_found", "state");
  const page = await findPageOfKeyLogin(tx, state);
  const { pastedKeyId, target } = state;
  const [known] = await tx
    .select({ id: pastedKeys.id })
    .from(pastedKeys)
    .where(eq(pastedKeys.id, pastedKeyId));
  if (known) return `${page}/${known.id}`;
  if ("activationId" in target) {
    const { isWanted } = await getActivationToRecover(tx, target.activationId, DEFAULT_LOCALE);
    if (!isWanted) throw new AppError("conflict", "no key is wanted");
  }
  return `${page}/${await takeKey(tx, viewer, target, { id: pastedKeyId, content: { code } })}`;
}
