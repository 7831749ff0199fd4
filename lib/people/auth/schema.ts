import { z } from "zod";
import { plainText } from "@/lib/core/organization-number";
import type { Viewer } from "@/lib/people/account/schema";

/** The code of the mail, however it was pasted: `123 456`, `123-456` and "Code: 123456" are fine. */
export const signInCode = z
  .string()
  .max(200)
  .transform((value) => plainText(value).replace(/\D/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

/** What the link carries: 256 random bits in base64url. */
export const signInLinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Why a link or code does not sign anybody in. */
export const signInProblem = z.enum(["link_expired", "link_used", "link_unknown", "too_many_codes"]);

/** What the page behind a link shows before anything happens. */
export type SignInLinkView =
  | {
      state: "open";
      maskedEmail: string;
      /** The asking browser's User-Agent, at most 300 characters. */
      userAgent: string;
      requestedAt: Date;
      /** False: whoever opened the link is not known to be the one who asked for it. */
      isAskingBrowser: boolean;
    }
  | { state: "link_used" | "link_expired"; callbackPath: string }
  | { state: "link_unknown" };

/** What the waiting tab knows of the browser's newest request. */
export type WaitingSignIn = {
  email: string;
  /** Of the acceptance that the request came of, so that asking for the mail again keeps it. */
  acceptanceHash: string | null;
  callbackPath: string;
  isUsed: boolean;
  isExpired: boolean;
  codeTriesLeft: number;
};

export type Session = Viewer & { expiresAt: Date };

/** A sign-in that next-auth has finished; `sessionToken` goes into the browser's cookie and nowhere else. */
export type CompletedSignIn = {
  sessionToken: string;
  viewer: Viewer;
  callbackPath: string;
  /** Of the acceptance that the redeemed request came of. */
  acceptanceHash: string | null;
};

/** Why somebody is asked to sign in; each has its own words. */
export const signInReason = z.enum(["accept", "needed", "expired", "signed_out", "link_used"]);
export type SignInReason = z.infer<typeof signInReason>;
