import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { RightAsked } from "./manifest";

/** What an environment needs for the integration to work there with what the customer chose. */
export type PreflightNeeds = {
  rights: readonly RightAsked[];
  /** null when the integration makes those that are missing. */
  productCodes: readonly string[] | null;
  /** Numbers that the integration gives to customers, both included; null when the vendor gives them. */
  customerNumbers: { from: number; to: number } | null;
  /** Ways of `invoiceDelivery` in which the integration has invoices sent. */
  deliversBy: readonly string[];
};

/** What checks of several vendors find. A vendor's own codes have their words in its own messages. */
type CommonFindingCode =
  | "module_missing"
  | "privilege_missing"
  | "series_missing"
  | "numbers_outside_series"
  | "product_missing"
  | "product_without_account"
  | "email_missing"
  | "disconnected"
  | "refused"
  | "not_checked";

export type Finding = {
  /** With words of its own: `preflight.findings.<code>`. */
  code: CommonFindingCode | (string & {});
  /** The request cannot be submitted with it; otherwise it is worth knowing. */
  isBlocking: boolean;
  /** What it is about: rights' paths, product codes, ranges of numbers, names of customers. */
  subjects: string[];
  /** What is there instead, e.g. the ranges of the number series. */
  found: string[];
  /** The vendor's own words, when it refused. */
  answer: VendorAnswer | null;
};
