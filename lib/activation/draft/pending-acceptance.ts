import { createHmac } from "node:crypto";
import { cookies } from "next/headers";
import { z } from "zod";
import { findLink } from "@/lib/catalogue/integration/queries";
import { isAppError } from "@/lib/core/app-error";
import { cookieOptions } from "@/lib/core/cookies";
import { equalsInConstantTime, randomToken, sha256 } from "@/lib/core/hash";
import { isLocale } from "@/lib/core/locales";
import type { Viewer } from "@/lib/people/account/schema";
import { pendingAcceptanceCookieName } from "@/lib/people/auth/pending-acceptance-cookie";
import type { CompletedSignIn } from "@/lib/people/auth/schema";
import { getWebEnv } from "@/lib/platform/env";
import { inScope } from "@/lib/platform/web-database";
import { acceptTerms } from "./accept-terms";

const HOUR_SECONDS = 3600;
const pending = z.object({
  /** Makes each acceptance another one, so that its hash names this very click. */
  nonce: z.string(),
  linkToken: z.string(),
  specificationId: z.uuid(),
  contentHash: z.string(),
  language: z.string().refine(isLocale),
  acceptedAt: z.coerce.date(),
});
export type PendingAcceptance = Omit<z.infer<typeof pending>, "nonce">;

const sign = (payload: string): string =>
  createHmac("sha256", getWebEnv().NEXTAUTH_SECRET)
    .update(`pending-acceptance:${payload}`)
    .digest("base64url");

/** Where an acceptance of a link leads; a sign-in that leads elsewhere did not come of it. */
export function pathAfterAcceptance(linkToken: string): string {
  return `/a/${linkToken}/environments`;
}

/** A cookie's value for an acceptance. */
export function sealPendingAcceptance(acceptance: PendingAcceptance): string {
  const payload = Buffer.from(JSON.stringify({ ...acceptance, nonce: randomToken() })).toString("base64url");
  return `${payload}.${sign(payload)}`;
}

/**
 * Remembers in this browser what was accepted before anybody was signed in, for an hour. Gives the hash that the sign-in of
 * this acceptance has to name.
 */
export async function savePendingAcceptance(acceptance: PendingAcceptance): Promise<string> {
  const value = sealPendingAcceptance(acceptance);
  const { KYTKIN_PUBLIC_URL: publicUrl } = getWebEnv();
  (await cookies()).set(
    pendingAcceptanceCookieName(publicUrl),
    value,
    cookieOptions(publicUrl, { maxAge: HOUR_SECONDS }),
  );
  return sha256(value);
}

/** What the cookie holds, or null when it was not made by us or is too old. */
function readPendingAcceptance(cookieValue: string, now = new Date()): PendingAcceptance | null {
  const [payload = "", signature = ""] = cookieValue.split(".");
  if (!equalsInConstantTime(signature, sign(payload))) return null;
  const parsed = pending.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  if (!parsed.success || now.getTime() - parsed.data.acceptedAt.getTime() > HOUR_SECONDS * 1000) return null;
  return parsed.data;
}

async function findCookie(): Promise<string | undefined> {
  return (await cookies()).get(pendingAcceptanceCookieName(getWebEnv().KYTKIN_PUBLIC_URL))?.value;
}

/**
 * The hash for the row of a sign-in request that came of this browser's acceptance: the form names it, and leads to where
 * the acceptance led. null for every other sign-in.
 */
export async function findAcceptanceToBind(named: unknown, callbackPath: string): Promise<string | null> {
  const cookie = await findCookie();
  if (!cookie || named !== sha256(cookie)) return null;
  const acceptance = readPendingAcceptance(cookie);
  return acceptance && callbackPath === pathAfterAcceptance(acceptance.linkToken) ? sha256(cookie) : null;
}

/**
 * Gives the account what was accepted in this browser before the sign-in: once, only if this very sign-in came of it, and
 * only if the very same version is still published. Else it is dropped, and the review page asks again.
 */
export async function takePendingAcceptance(completed: CompletedSignIn): Promise<void> {
  const cookie = await findCookie();
  if (!cookie) return;
  const { KYTKIN_PUBLIC_URL: publicUrl } = getWebEnv();
  (await cookies()).set(pendingAcceptanceCookieName(publicUrl), "", cookieOptions(publicUrl, { maxAge: 0 }));
  const acceptance = findAcceptanceOfSignIn(completed, cookie);
  if (acceptance) await mergeAcceptance(completed.viewer, acceptance);
}

/** What the cookie holds, if the redeemed request was made for it and leads to its link. */
export function findAcceptanceOfSignIn(
  { acceptanceHash, callbackPath }: Pick<CompletedSignIn, "acceptanceHash" | "callbackPath">,
  cookie: string,
): PendingAcceptance | null {
  if (acceptanceHash === null || acceptanceHash !== sha256(cookie)) return null;
  const acceptance = readPendingAcceptance(cookie);
  return acceptance && callbackPath === pathAfterAcceptance(acceptance.linkToken) ? acceptance : null;
}

async function mergeAcceptance(viewer: Viewer, acceptance: PendingAcceptance): Promise<void> {
  const { accountId, userId } = viewer;
  const accepting = inScope(
    { kind: "customer", accountId, userId, linkHash: sha256(acceptance.linkToken) },
    async (tx) => {
      const link = await findLink(tx, acceptance.linkToken, acceptance.language);
      if (link.kind === "dead" || link.view.specification.contentHash !== acceptance.contentHash) return;
      await acceptTerms(tx, viewer, link.view, acceptance);
    },
  );
  await accepting.catch((error: unknown) => {
    // The link's last use was taken during the sign-in: the review page says so.
    if (!isAppError(error, "gone")) throw error;
  });
}
