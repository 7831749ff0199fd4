import { z } from "zod";
import { readLine } from "@/lib/core/outside-text";

export const MAIL_STATES = ["queued", "sent", "failed", "dropped"] as const;
export type MailState = (typeof MAIL_STATES)[number];

export const mailFilter = z.object({
  state: z.enum(MAIL_STATES).catch("failed"),
  before: z.uuid().optional().catch(undefined),
});
export type MailFilter = z.infer<typeof mailFilter>;

/** A mail as an operator sees it: no address, no subject, no words of it. */
export type MailSummary = {
  id: string;
  kind: string;
  /** The request or consent that it is about. */
  subjectId: string;
  recipientMasked: string;
  state: MailState;
  tries: number;
  /** What the mail server said last, addresses masked. */
  lastError: string | null;
  /** ISO times. */
  queuedAt: string;
  lastTriedAt: string | null;
};

export type MailListView = {
  filter: MailFilter;
  mails: MailSummary[];
  nextCursor: string | null;
  counts: Partial<Record<MailState, number>>;
};

/** What a provider's webhook is translated to. */
export const bounceNotice = z.object({
  /** Of the mail that came back, with or without its angle brackets. */
  messageId: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{3,300}$/),
  /** `transient`: the other server keeps trying; nothing is concluded from it. */
  kind: z.enum(["permanent", "transient"]),
  reason: z
    .string()
    .default("")
    .transform((text) => readLine(text, 1000) ?? ""),
});
export type BounceNotice = z.infer<typeof bounceNotice>;
