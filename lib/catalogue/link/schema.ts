/** `shared`: any number of customers open it. `session`: made for one customer of the partner's. */
export const LINK_KINDS = ["shared", "session"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A use is reserved by an acceptance for this long after the draft's last change. */
export const RESERVED_MINUTES = 60;

/** Whether a link with a number of uses takes one more customer; `reserved`: the last ones may come free again. */
export type LinkRoom = "free" | "reserved" | "used_up";

/** What a link's partner prepared for the customer. */
export type LinkPreparation = {
  email: string | null;
  businessIds: string[];
  returnUrl: string | null;
  language: string | null;
  /** It is for a number of requests of several customers. */
  isLimited: boolean;
};
