import { createHmac } from "node:crypto";
import { cookies } from "next/headers";
import { z } from "zod";
import type { Viewer } from "@/lib/account/schema";
import { PENDING_ACCEPTANCE_COOKIE } from "@/lib/auth/pending-acceptance-cookie";
import { isAppError } from "@/lib/core/app-error";
import { equalsInConstantTime, sha256 } from "@/lib/core/hash";
import { getWebEnv } from "@/lib/env";
import { findLink } from "@/lib/integration/queries";
import { inScope } from "@/lib/web-database";
import { acceptTerms } from "./accept-terms";

const HOUR_SECONDS = 3600;
const pending = z.object({
  linkToken: z.string(),
  specificationId: z.uuid(),
  contentHash: z.string(),
  acceptedAt: z.coerce.date(),
});
export type PendingAcceptance = z.infer<typeof pending>;

const sign = (payload: string): string =>
  createHmac("sha256", getWebEnv().NEXTAUTH_SECRET)
    .update(`pending-acceptance:${payload}`)
    .digest("base64url");

/** Remembers in this browser what was accepted before anybody was signed in, for an hour. */
export async function keepPendingAcceptance(acceptance: PendingAcceptance): Promise<void> {
  const payload = Buffer.from(JSON.stringify(acceptance)).toString("base64url");
  const secure = getWebEnv().KYTKIN_PUBLIC_URL.startsWith("https:");
  (await cookies()).set(PENDING_ACCEPTANCE_COOKIE, `${payload}.${sign(payload)}`, {
    httpOnly: true,
    sameSite: "lax",
    secure,
    path: "/",
    maxAge: HOUR_SECONDS,
  });
}

/** What the cookie holds, or null when it was not made by us or is too old. */
function readPendingAcceptance(cookieValue: string, now = new Date()): PendingAcceptance | null {
  const [payload = "", signature = ""] = cookieValue.split(".");
  if (!equalsInConstantTime(signature, sign(payload))) return null;
  const parsed = pending.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  if (!parsed.success || now.getTime() - parsed.data.acceptedAt.getTime() > HOUR_SECONDS * 1000) return null;
  return parsed.data;
}

/**
 * Gives the account what was accepted in this browser before the sign-in: once, and only if the very same version is
 * still published and the account has no newer draft. Otherwise the review page asks again.
 */
export async function mergePendingAcceptance(viewer: Viewer, cookieValue: string): Promise<void> {
  const acceptance = readPendingAcceptance(cookieValue);
  (await cookies()).delete(PENDING_ACCEPTANCE_COOKIE);
  if (!acceptance) return;
  const { accountId, userId } = viewer;
  const accepting = inScope(
    { kind: "customer", accountId, userId, linkHash: sha256(acceptance.linkToken) },
    async (tx) => {
      const link = await findLink(tx, acceptance.linkToken);
      if (link.kind === "dead" || link.view.specification.contentHash !== acceptance.contentHash) return;
      await acceptTerms(tx, viewer, link.view, acceptance);
    },
  );
  await accepting.catch((error: unknown) => {
    // The link's last use was taken during the sign-in: the review page says so.
    if (!isAppError(error, "gone")) throw error;
  });
}
