import { z } from "zod";
import { cleanLines, lengthOf, MAX_REASON_LENGTH } from "@/lib/core/outside-text";

/** What a row of `holds` is: `pause` stops all work from `since` to `until`; `scheduled_end` ends the connection at `until`. */
export const HOLD_KINDS = ["pause", "scheduled_end"] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

export const HOLD_SIDES = ["customer", "partner", "operator"] as const;
export type HoldSide = (typeof HOLD_SIDES)[number];

export const MAX_HOLD_DAYS = 730;
const day = z.iso.date();
/** An IANA name of the browser's zone; a name that the runtime does not know counts as UTC. */
const zone = z.string().max(60).catch("UTC");
const reason = z
  .string()
  .transform(cleanLines)
  .refine((text) => lengthOf(text) <= MAX_REASON_LENGTH)
  .transform((text) => text || null);

/** A pause as the form sends it; both days are optional: from now, until it is resumed. */
export const pauseInput = z.object({
  connectionId: z.uuid(),
  reason,
  from: z.literal("").or(day),
  until: z.literal("").or(day),
  zone,
});
/** An end on a day, as the form sends it. */
export const scheduledEndInput = z.object({ connectionId: z.uuid(), reason, until: day, zone });

/** A hold as a page shows it. */
export type HoldView = {
  id: string;
  kind: HoldKind;
  setBy: HoldSide;
  reason: string | null;
  since: string;
  /** null: until it is lifted. */
  until: string | null;
  /** A pause whose first day has come. */
  hasBegun: boolean;
};
