import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { RightAsked } from "./manifest";

/** What an environment needs for the integration to work there with what the customer chose. */
export type PreflightNeeds = {
  rights: readonly RightAsked[];
  /** null when the integration makes those that are missing. */
  productCodes: readonly string[] | null;
  /** Numbers that the integration gives to customers, both included; null when the vendor gives them. */
  customerNumbers: { from: number; to: number } | null;
  deliversBy: { email: boolean; ehf: boolean };
};

/** What a check found, each with words of its own: `preflight.findings.<code>`. */
type FindingCode =
  | "module_missing"
  | "privilege_missing"
  | "series_missing"
  | "numbers_outside_series"
  | "product_missing"
  | "product_without_account"
  | "email_missing"
  | "ehf_not_registered"
  | "ehf_without_organization_number"
  | "disconnected"
  | "refused"
  | "not_checked";

export type Finding = {
  code: FindingCode;
  /** The request cannot be submitted with it; otherwise it is worth knowing. */
  isBlocking: boolean;
  /** What it is about: rights' paths, product codes, ranges of numbers, names of customers. */
  subjects: string[];
  /** What is there instead, e.g. the ranges of the number series. */
  found: string[];
  /** The vendor's own words, when it refused. */
  answer: VendorAnswer | null;
};
