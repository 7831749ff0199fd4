import { z } from "zod";
import type { KeysFrom } from "@/lib/activation/grant/schema";
import type { BatchView } from "@/lib/activation/plan/schema";
import type { PreflightView } from "@/lib/activation/preflight/schema";
import type { ChosenSetting } from "@/lib/activation/settings/schema";
import type { Difference } from "@/lib/catalogue/integration/differences";
import type { ConnectorView, Price, Setting, ShownContent } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { isLocale, type Locale } from "@/lib/core/locales";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

const locale = z.string().refine(isLocale);

export const acceptTermsInput = z.object({
  linkToken: z.string().min(1).max(100),
  specificationId: z.uuid(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The language in which the page showed it. */
  language: locale,
});

/** Who prepared a draft, for those who go on with it. */
export type Preparation = {
  accountName: string;
  /** null once that person has left the account, or had the draft taken back: a member or guest of it has to accept anew. */
  acceptedBy: string | null;
  acceptedAt: string;
  /** Who handed it to the guest that asks; null for a member. */
  handedBy: string | null;
};

/** Candidate ids that are ticked; the rest of the grant is declined at the vendor. */
export const selectEnvironmentsInput = z.object({
  linkToken: z.string().min(1).max(100),
  candidateIds: z.array(z.uuid()).max(1000),
});

/** A consent to take out of a draft that holds several. */
export const removeConsentInput = z.object({ linkToken: z.string().min(1).max(100), grantId: z.uuid() });

/** Why an environment cannot be ticked. `taken_elsewhere` is all that is said of another account. */
export type Blocked =
  | "rights_missing"
  | "wrong_product"
  | "active_here"
  | "in_progress_here"
  | "taken_elsewhere"
  /** The key that the consent brought for it went elsewhere: only another consent brings one. */
  | "key_gone";

export type EnvironmentOption = {
  candidateId: string;
  /** The consent that covers it. */
  grantId: string;
  /** The vendor's id; shown when there is no name. */
  externalId: string;
  name: string | null;
  businessId: string | null;
  country: string | null;
  accountingOffice: string | null;
  isPicked: boolean;
  blocked: Blocked | null;
  /** Active through a manual set-up at the vendor: recommended, since updates are then managed. */
  isManual: boolean;
  /** The vendor cannot tell before activation; checked right after it. */
  isRightsUnknown: boolean;
  isProductUnknown: boolean;
};

/** An environment that was picked, and whose consent has ended. */
export type LapsedEnvironment = { grantId: string; externalId: string; name: string | null };

/** The state of the consent at the vendor for one draft. */
export type ConsentView =
  | { state: "needed" }
  | { state: "reading"; grantId: string; vendorAnswer: VendorAnswer | null }
  /**
   * `keysFrom`: whether a consent was given at the vendor, or a key was pasted in its place. `withoutKey`: names of
   * companies that it covers and that cannot be picked, since the vendor gave no key for them that works. Where each
   * environment is consented to on its own, it is one of several, and `expiresAt` that of the first to end.
   */
  | {
      state: "open";
      grantIds: string[];
      isOneOfSeveral: boolean;
      expiresAt: string;
      keysFrom: KeysFrom;
      withoutKey: string[];
    }
  | { state: "expired"; keysFrom: KeysFrom };

export type EnvironmentsView = {
  linkToken: string;
  integrationName: string;
  partnerName: string;
  connectorId: string;
  connectorName: string;
  /** Where the environments are picked first; "vendor" = ours confirms the vendor's own pick. */
  selectsAt: "vendor" | "portal" | "both";
  consent: ConsentView;
  /** Where a key can be pasted in the place of a consent; null when the vendor has no such keys. */
  pasteHref: string | null;
  cap: number;
  /** Environments of this account and integration that are being activated already, in other requests. */
  inFlight: number;
  /** What the account planned to activate in this batch; null without a plan. */
  batch: BatchView | null;
  price: Price;
  options: EnvironmentOption[];
  /** Where each environment is consented to on its own: those whose consent has lapsed since it was picked. */
  lapsed: LapsedEnvironment[];
  /** Names of what a retry is about, or was planned, and has no consent yet. */
  awaited: string[];
  /** Every consent is of the one who handed the draft over: what was picked is taken as it is. */
  isHanded: boolean;
  /** Consents of the one who handed the draft over, for a draft of several: not the viewer's to take out. */
  handedGrantIds: string[];
  /** Another person of the account who has a consent open for the draft; null when there is none, or for a guest. */
  consentOfColleague: string | null;
  /** True when the vendor's pick was larger than the cap, so that nothing is ticked to begin with. */
  isOverCapAtVendor: boolean;
  supportEmail: string;
};

/** One right in the vendor's catalogue words. `label` and `levelLabel` are message keys' results, made by the page. */
export type RightView = { path: string; level: string; reason: string; isWrite: boolean };

export type TechnicalUserView = {
  linkToken: string;
  integrationName: string;
  partnerName: string;
  connector: ConnectorView;
  username: string;
  rights: RightView[];
  /** The languages of the partner's texts in it. */
  languages: { rights: TextLanguage; settings: TextLanguage };
  environments: { name: string; businessId: string | null }[];
  /** The customer's own key is used: nobody is added at the vendor. */
  isKeyPasted: boolean;
  /** Candidates that will be declined at the vendor because they are not ticked. */
  declinedCount: number;
  price: Price;
  specificationId: string;
  contentHash: string;
  /** What was chosen, in the specification's order. */
  settings: ChosenSetting[];
  /** null where nothing can be checked before the submission. */
  preflight: PreflightView | null;
  isWithPartnerSteps: boolean;
};

/** The settings step. `given` fills the form: what was chosen before, else the defaults. */
export type SettingsView = {
  linkToken: string;
  integrationName: string;
  partnerName: string;
  connectorName: string;
  settings: Setting[];
  /** The language of the settings. */
  language: TextLanguage;
  given: Record<string, string>;
  environmentCount: number;
};

export type ChangedView = {
  linkToken: string;
  connectorId: string;
  connectorName: string;
  partnerName: string;
  /** The version to accept now, and the language in which the page shows it. */
  specificationId: string;
  contentHash: string;
  language: Locale;
  content: ShownContent;
  /** Never empty. Both sides in the language in which they differ, with the lists arranged alike. */
  differences: Difference[];
};
