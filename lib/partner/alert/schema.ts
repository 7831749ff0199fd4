import { z } from "zod";
import type { AttentionCause } from "@/lib/connection/lifecycle/schema";
import { readTimeZone } from "@/lib/platform/i18n/zones";

export const DIGEST_PACES = ["none", "daily", "weekly"] as const;
export type DigestPace = (typeof DIGEST_PACES)[number];

/** What the page offers; stored are numbers, so that more choices need no change of rows. */
export const WAITING_HOURS = [4, 8, 24, 48, 72, 168] as const;
export const REJECTION_PERCENTS = [10, 25, 50, 75] as const;
/** Of fewer decided companies no share is told: one of two is no trend. */
export const LEAST_DECIDED = 5;

/** Of a number that is not wanted, in the form. */
export const NEVER = "never";

const chosen = (choices: readonly number[]) =>
  z
    .union([z.literal(NEVER), z.coerce.number().refine((value) => choices.includes(value))])
    .transform((value) => (value === NEVER ? null : value));

/** What a member chose, as the form sends it. */
export const alertInput = z.object({
  digest: z.enum(DIGEST_PACES),
  waitingHours: chosen(WAITING_HOURS),
  rejectionPercent: chosen(REJECTION_PERCENTS),
  tellsAttention: z.preprocess((value) => value === "on", z.boolean()),
  zone: z.string().transform((value) => readTimeZone(value) ?? "UTC"),
});
export type AlertInput = z.infer<typeof alertInput>;

export type AlertView = {
  digest: DigestPace;
  waitingHours: number | null;
  rejectionPercent: number | null;
  tellsAttention: boolean;
  timeZone: string;
  nextAt: string | null;
};

/** What there is to tell a member. A part without anything new is null, and where all are there is no mail. */
export type News = {
  waiting: {
    count: number;
    hours: number;
    oldest: { company: string; integration: string; since: Date }[];
  } | null;
  rejection: { percent: number; decided: number; threshold: number } | null;
  attention: {
    count: number;
    newest: { company: string; cause: AttentionCause; connector: string }[];
  } | null;
};

/** What the link in a digest carries. */
export const stopToken = z.string().regex(/^[\w-]{43}$/);
