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
  | "decisionTimeout";

/** Both sides as plain text; null when that side has none. */
export type Difference = { field: ChangedField; before: string | null; after: string | null };

export type ChangedView = {
  linkToken: string;
  partnerName: string;
  /** The version to accept now. */
  specificationId: string;
  contentHash: string;
  termsVersion: string;
  differences: Difference[];
};
