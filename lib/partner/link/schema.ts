import { z } from "zod";
import type { Setting } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import type { LinkKind } from "@/lib/catalogue/link/schema";
import { isLocale, type Locale } from "@/lib/core/locales";
import { cleanLine, cleanLines } from "@/lib/core/outside-text";
import { emailAddress, writtenLine } from "@/lib/core/written-text";

const optionalLine = (longest: number) =>
  z
    .string()
    .transform((value) => cleanLine(value) || null)
    .pipe(z.string().max(longest).nullable());
const language = z.string().transform((value): Locale | null => (isLocale(value) ? value : null));

/** The last day on which a link works, in UTC; empty: it has no end. */
const lastDay = z
  .union([z.literal(""), z.iso.date()])
  .transform((value) => (value === "" ? null : new Date(`${value}T23:59:59.999Z`)))
  .refine((value) => value === null || value > new Date());
const uses = z
  .union([z.literal(""), z.string().regex(/^\s*[1-9]\d{0,5}\s*$/)])
  .transform((value) => (value === "" ? null : Number(value)));

export const linkChangeInput = z.object({
  label: writtenLine(120),
  campaign: optionalLine(120),
  language,
  expiresOn: lastDay,
  maxUses: uses,
});
export type LinkChangeInput = z.infer<typeof linkChangeInput>;
export const linkInput = linkChangeInput.extend({ integrationId: z.uuid() });
export type LinkInput = z.infer<typeof linkInput>;

const MAX_COMPANIES = 200;
export const sessionInput = z.object({
  integrationId: z.uuid(),
  customerRef: writtenLine(200),
  email: z
    .string()
    .transform((value) => cleanLine(value) || null)
    .pipe(emailAddress.nullable()),
  language,
  /** One on a line, or with commas. */
  businessIds: z
    .string()
    .transform((value) =>
      cleanLines(value)
        .split(/[\n,;]+/)
        .map(cleanLine)
        .filter(Boolean),
    )
    .pipe(z.array(z.string().max(100)).max(MAX_COMPANIES)),
  returnUrl: z
    .string()
    .transform((value) => cleanLine(value) || null)
    .pipe(
      z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullable(),
    ),
});
export type SessionInput = z.infer<typeof sessionInput>;

export const linkListFilter = z.object({
  integration: z.uuid().optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
});

/** `used_up`: as many requests were submitted as the link is for. */
export type LinkState = "live" | "used_up" | "expired" | "withdrawn";

export type LinkRow = {
  id: string;
  kind: LinkKind;
  label: string;
  integrationName: string;
  stage: string;
  campaign: string | null;
  createdAt: string;
  expiresAt: string | null;
  uses: number;
  maxUses: number | null;
  state: LinkState;
};

/** Openings count programs that look at addresses too: figures of people begin with the acceptance. */
type LinkFigures = {
  openings: number;
  lastOpenedAt: string | null;
  accepted: number;
  submitted: number;
  active: number;
};

export type LinkDetails = LinkRow & {
  url: string;
  language: string | null;
  reserved: number;
  customerRef: string | null;
  email: string | null;
  businessIds: string[];
  returnUrl: string | null;
  figures: LinkFigures;
  /** What the published version lets customers choose, and what the link fills in. */
  settings: Setting[];
  settingsLanguage: TextLanguage;
  prefilled: Record<string, string>;
};
