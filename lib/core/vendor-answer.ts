/** The vendor's own answer, redacted, to be shown beside our words. */
export type VendorAnswer = {
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** The vendor's messages in its own language, at most 10 of 500 characters. */
  messages: string[];
  /** Method and path without query and without secrets, e.g. `PUT /integrations/{requestId}`. */
  operation: string;
  /** ISO time of the answer. */
  at: string;
};
