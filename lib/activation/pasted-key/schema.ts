import { z } from "zod";
import type { RightView } from "@/lib/activation/draft/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

/** `checking`: the worker asks the vendor whose it is. `accepted`: a consent's place, or a connection's key, is taken by it. */
export const PASTED_KEY_STATES = ["checking", "accepted", "refused"] as const;
export type PastedKeyState = (typeof PASTED_KEY_STATES)[number];

/** Why a pasted key is not used, each with words that say what to do. */
export const PASTED_KEY_REFUSALS = [
  /** Wrong, inactive, or made for another application: the vendor does not tell these apart. */
  "not_accepted",
  /** The login at the vendor brought no key that reached us. */
  "login_failed",
  "other_company",
  "wrong_product",
  "rights_missing",
  "natural_person",
  "in_use_here",
  "in_progress_here",
  "in_use_elsewhere",
  "vendor_unavailable",
  /** The vendor does not accept the partner's application, or its API is not where the settings say: the key is not blamed. */
  "application_refused",
  "vendor_unexpected",
  /** What the key was for is over: the draft was submitted or given up, or the connection works again. */
  "not_wanted",
  /** Nobody came to check it in time. */
  "not_checked",
] as const;
export type PastedKeyRefusal = (typeof PASTED_KEY_REFUSALS)[number];

/** What the check found that the customer should know. Never the key. */
export type PastedKeyFinding = {
  /** The company that the key belongs to, where it is another one. */
  environmentName?: string;
  /** For `rights_missing`: the vendor's paths, and the levels asked. */
  rights?: { path: string; level: string }[];
  /** The account's own request that has the company already. */
  requestId?: string;
};

/** As it was pasted; `readPastedKey` finds the key in it. */
const key = z.string().trim().min(1).max(8000);

export const pasteForDraftInput = z.object({ linkToken: z.string().min(1).max(100), key });
export const pasteForActivationInput = z.object({ activationId: z.uuid(), key });

/** What is encrypted to the worker: a key, or the code of a login that it trades for one. */
export const pastedContent = z.union([
  z.object({ key: z.string().min(1) }),
  z.object({ code: z.string().min(1) }),
]);
export type PastedContent = z.infer<typeof pastedContent>;

export const logInForDraftInput = pasteForDraftInput.omit({ key: true });
export const logInForActivationInput = pasteForActivationInput.omit({ key: true });

/** Texts that the customer copies from here into the vendor's screens. */
export type PasteGuide = {
  connector: { id: string; name: string };
  integrationName: string;
  partnerName: string;
  supportEmail: string;
  /** The partner's application, as the vendor's screen asks for it; null where the screen lists it by name. */
  applicationKey: string | null;
  rights: RightView[];
  /** The language of the rights' reasons. */
  language: TextLanguage;
  /** The vendor's login page can make the key. */
  canLogIn: boolean;
};

export type PastedKeyView = {
  id: string;
  state: PastedKeyState;
  refusedBecause: PastedKeyRefusal | null;
  finding: PastedKeyFinding;
  vendorAnswer: VendorAnswer | null;
};

/** The company whose key is asked for again. */
export type ActivationToRecover = {
  activationId: string;
  integrationId: string;
  requestId: string;
  environmentName: string;
  businessId: string | null;
  /** False once it works again, or cannot be recovered by a key. */
  isWanted: boolean;
  /** It has a key again, which is being checked now. */
  isChecking: boolean;
  guide: PasteGuide;
};
