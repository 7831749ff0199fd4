import { z } from "zod";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import { writtenLine, writtenLines } from "@/lib/core/written-text";
import { webAddress } from "@/lib/partner/organization/schema";

/** How long customers are told ahead, in days. */
export const RETIREMENT_NOTICE_DAYS = 30;
/** How far ahead a day may be, in days, as for the end of one connection. */
export const RETIREMENT_MOST_DAYS = 730;

const left = z.literal("").transform(() => null);

/** A retirement as the form sends it. */
export const retirementInput = z.object({
  /** The day on which connections end. */
  day: z.iso.date(),
  /** An IANA name of the browser's zone; a name that the runtime does not know counts as UTC. */
  zone: z.string().max(60).catch("UTC"),
  note: writtenLines(MAX_REASON_LENGTH),
  replacementName: left.or(writtenLine(100)),
  replacementUrl: left.or(webAddress),
});

/** A retirement as its announcement states it. */
export type Retirement = {
  /** By the partner's calendar. */
  endsOn: string;
  endsAt: Date;
  note: string;
  replacement: { name: string; url: string } | null;
};

/** A retirement that is announced, as the partner's pages show it. */
export type RetirementView = {
  id: string;
  /** The day (`2027-01-31`) by the partner's calendar, and when it begins there: ISO time. */
  endsOn: string;
  endsAt: string;
  announcedAt: string;
  announcedBy: string | null;
  note: string;
  replacement: { name: string; url: string } | null;
};
