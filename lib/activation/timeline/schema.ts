import { z } from "zod";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

/** Who reads a timeline. A person is named to their own side alone. */
export type TimelineSide = "customer" | "partner" | "operator";

export type TimelineKind =
  | "submitted"
  | "page_opened"
  | "decided"
  | "cancelled"
  | "settled"
  /** A person's deed that no other row tells; `what` is the action of the audit log. */
  | "done"
  | "note"
  /** One of the calls that must not run twice; `what` is `verb.state`, `text` the HTTP status. */
  | "vendor_call"
  | "environment"
  | "vendor_answer"
  | "connection_made"
  | "checked"
  | "check_failed"
  /** The last round of the preparation ended; `what` is where it stands. */
  | "prepared"
  | "connection_state"
  /** It went to another version, whose number is the text; `what`: `accepted`, or `followed` without being asked. */
  | "updated"
  | "hold_set"
  | "hold_lifted"
  | "offboarding"
  | "removal_refused"
  | "probed"
  | "mail";

/** One thing that happened, with what there is to say of it. */
export type TimelineEntry = {
  /** Unique in the timeline. */
  key: string;
  at: string;
  kind: TimelineKind;
  /** The activation that it is about, or the mail; null: the whole request. */
  about: string | null;
  /** The company's name; null to operators, and where it is about the whole request. */
  company: string | null;
  /** Whose deed it was; null: the product's own, or the vendor's. */
  side: TimelineSide | "system" | null;
  /** A colleague's address or the name of an API key, to its own side alone. */
  actor: string | null;
  /** A key of the kind's own list of words, e.g. an activation's state or `mail kind.state`. */
  what: string | null;
  /** Words as they were written, the masked address of a mail, or a status. */
  text: string | null;
  until: string | null;
  vendorAnswer: VendorAnswer | null;
};

export type TimelinePage = { entries: TimelineEntry[]; nextCursor: string | null };

/** The moment and the key of the entry before which a page begins, as it stands in the address. */
export const timelineCursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[a-z_]{1,30}\.[0-9a-f-]{36}$/)
  .optional()
  .catch(undefined);

/** Whether a customer's page was asked for the timeline, and before which entry. */
export function readAsked(query: Record<string, string | string[] | undefined>): {
  isAsked: boolean;
  before: string | undefined;
} {
  const before = timelineCursor.parse(query.before);
  return { isAsked: before !== undefined || query.happened !== undefined, before };
}
