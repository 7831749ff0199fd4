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
  /** ISO time until which the vendor asks us to wait, at most a day ahead. */
  retryAt?: string;
  /** It came, or broke off, while the vendor may still carry out what was asked. */
  mayTakeEffect?: boolean;
};
