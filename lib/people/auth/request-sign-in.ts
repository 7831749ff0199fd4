import { randomInt } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { signInTokens } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { randomToken, sha256 } from "@/lib/core/hash";
import { readLine } from "@/lib/core/outside-text";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { AuthContext } from "./context";
import { takeMailLimits } from "./limits";
import { CODE_SECONDS, LINK_SECONDS } from "./rules";
import { codeToken, verificationHash } from "./verification-hash";

export type SignInRequest = {
  /** Lower case. */
  email: string;
  /** Checked by `callbackPathOf`. */
  callbackPath: string;
  /** From `findAcceptanceToBind`: the acceptance in the asking browser that this request came of. */
  acceptanceHash: string | null;
  browserId: string;
  userAgent: string;
  /** From `limitSubjectOf`. */
  ipSubject: string;
};

/** What goes into the mail and is stored nowhere. */
export type SignInSecrets = { id: string; linkToken: string; code: string };

/** The acceptance, unless another address asked for a mail with it first: it is one person's. */
async function findFreeAcceptance(
  tx: ScopedTransaction<"auth">,
  { acceptanceHash, email }: Pick<SignInRequest, "acceptanceHash" | "email">,
): Promise<string | null> {
  if (acceptanceHash === null) return null;
  const [other] = await tx
    .select({ id: signInTokens.id })
    .from(signInTokens)
    .where(and(eq(signInTokens.acceptanceHash, acceptanceHash), ne(signInTokens.email, email)))
    .limit(1);
  return other ? null : acceptanceHash;
}

const LONGEST_USER_AGENT = 300;
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

/**
 * Makes a link and a code for an address, whether it is known here or not: the work is the same for both. Throws
 * `too_many_requests`; then nothing is made and nothing may be sent.
 */
export async function requestSignIn(auth: AuthContext, request: SignInRequest): Promise<SignInSecrets> {
  await takeMailLimits(auth.database, request);
  const id = uuidv7();
  const linkToken = randomToken();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  await withScope(auth.database, { kind: "auth" }, async (tx) => {
    await tx.insert(signInTokens).values({
      id,
      email: request.email,
      tokenHash: verificationHash(linkToken, auth.secret),
      codeHash: verificationHash(codeToken(id, code), auth.secret),
      browserHash: sha256(request.browserId),
      userAgent: readLine(request.userAgent, LONGEST_USER_AGENT) ?? "",
      callbackPath: request.callbackPath,
      acceptanceHash: await findFreeAcceptance(tx, request),
      expiresAt: inSeconds(LINK_SECONDS),
      codeExpiresAt: inSeconds(CODE_SECONDS),
    });
    await writeAudit(tx, {
      actor: { kind: "visitor" },
      action: "sign_in.request",
      subject: { kind: "sign_in", id },
    });
  });
  return { id, linkToken, code };
}
