import { z } from "zod";
import type { KeysFrom } from "@/lib/activation/grant/schema";
import type { PreflightView } from "@/lib/activation/preflight/schema";
import type { ChosenSetting } from "@/lib/activation/settings/schema";
import type { ConnectorView, Price, Setting } from "@/lib/catalogue/integration/schema";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

export const acceptTermsInput = z.object({
  linkToken: z.string().min(1).max(100),
  specificationId: z.uuid(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Candidate ids that are ticked; the rest of the grant is declined at the vendor. */
export const selectEnvironmentsInput = z.object({
  linkToken: z.string().min(1).max(100),
  candidateIds: z.array(z.uuid()).max(1000),
});

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

/** The state of the consent at the vendor for one draft. */
export type ConsentView =
  | { state: "needed" }
  | { state: "reading"; grantId: string; vendorAnswer: VendorAnswer | null }
  /**
   * `keysFrom`: whether a consent was given at the vendor, or a key was pasted in its place. `withoutKey`: names of
   * companies that it covers and that cannot be picked, since the vendor gave no key for them that works.
   */
  | { state: "open"; grantId: string; expiresAt: string; keysFrom: KeysFrom; withoutKey: string[] }
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
  price: Price;
  options: EnvironmentOption[];
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
  given: Record<string, string>;
  environmentCount: number;
};

/** What of a specification can differ between the version accepted and the one published now. */
export type ChangedField =
  | "name"
  | "summary"
  | "description"
  | "dataFlows"
  | "price"
  | "terms"
  | "privacyPolicy"
  | "support"
  | "technicalUser"
  | "rights"
  | "cap"
  | "partnerSteps"
  | "settings"
  | "requirements"
  | "decisionTimeout";

/** Both sides as plain text; null when that side has none. */
export type Difference = { field: ChangedField; before: string | null; after: string | null };

export type ChangedView = {
  linkToken: string;
  connectorId: string;
  partnerName: string;
  /** The version to accept now. */
  specificationId: string;
  contentHash: string;
  termsVersion: string;
  differences: Difference[];
};
