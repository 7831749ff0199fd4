import { z } from "zod";
import { ACCESS_KINDS, withPrivacyPolicy } from "../integration/schema";
import { TEXT_LANGUAGES } from "../integration/texts";

/**
 * The draft of a specification as its editor keeps it: the shape of the content without its rules. Every text, number and
 * choice may be missing or wrong, so that what is typed is saved as it is; `find-problems.ts` says what is left to do.
 */

/** Longer than any rule of the content allows, so that a text that is too long is kept and said to be so. */
const LONGEST = 60_000;
const SHORT = 1_000;

export const DRAFT_LANGUAGES = TEXT_LANGUAGES;
export type DraftLanguage = (typeof DRAFT_LANGUAGES)[number];

/** As it was typed, without what PostgreSQL takes in no JSON. Spaces at the end stay: somebody is about to go on. */
const typed = (longest: number) =>
  z
    .string()
    .max(longest)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
    .transform((written) => written.replace(/\u0000/g, "").replace(/\p{Surrogate}/gu, "\ufffd"));

const line = typed(SHORT);
const text = z.partialRecord(z.enum(DRAFT_LANGUAGES), typed(LONGEST));
export type DraftText = z.infer<typeof text>;
const count = z.number().int().min(-1_000_000_000).max(1_000_000_000).nullable();

const FREQUENCY_KINDS = ["every", "within", "each_change"] as const;
export const FREQUENCY_UNITS = ["minute", "hour", "day", "week", "month"] as const;
export const DIRECTIONS = ["to_vendor", "from_vendor", "both"] as const;

const dataFlow = z.strictObject({
  what: text,
  direction: z.enum(DIRECTIONS),
  frequency: z.strictObject({ kind: z.enum(FREQUENCY_KINDS), count, unit: z.enum(FREQUENCY_UNITS) }),
  master: z.enum(["vendor", "partner"]),
});
export type DraftDataFlow = z.infer<typeof dataFlow>;

const agreement = z.strictObject({
  /** Whether the text is written here or stands at an address of the partner's. */
  source: z.enum(["text", "address"]),
  version: line,
  updatedOn: line,
  body: text,
  url: line,
});
export type DraftAgreement = z.infer<typeof agreement>;

const choice = z.strictObject({ value: line, label: text });
export type DraftChoice = z.infer<typeof choice>;

export const FORM_FIELD_TYPES = ["text", "email", "choice", "accept"] as const;

const formField = z.strictObject({
  name: line,
  label: text,
  help: text,
  type: z.enum(FORM_FIELD_TYPES),
  /** A named format of a text; empty for any text. */
  format: line,
  /** What is accepted, for `accept`. */
  url: line,
  required: z.boolean(),
  maxLength: count,
  choices: z.array(choice).max(50),
});
export type DraftFormField = z.infer<typeof formField>;

export const SETTING_TYPES = ["choice", "switch", "number", "text", "number_range"] as const;

const setting = z.strictObject({
  name: line,
  label: text,
  help: text,
  type: z.enum(SETTING_TYPES),
  choices: z.array(choice).max(50),
  /** The value of the choice that is chosen beforehand; empty for none. */
  chosen: line,
  isOn: z.boolean(),
  min: count,
  max: count,
  maxLength: count,
  required: z.boolean(),
});
export type DraftSetting = z.infer<typeof setting>;

const condition = z.strictObject({
  kind: z.enum(["never", "when"]),
  setting: line,
  values: z.array(line).max(50),
});
export type DraftCondition = z.infer<typeof condition>;

const wholeDraft = z.strictObject({
  mainLanguage: z.enum(DRAFT_LANGUAGES),
  name: text,
  summary: text,
  description: text,
  dataFlows: z.array(dataFlow).max(50),
  price: z.strictObject({
    kind: z.enum(["known", "unknown"]),
    amountMinor: count,
    /** Paid once, at the activation; null for nothing. */
    oneOffMinor: count,
    currency: line,
    billedTo: z.enum(["environment", "accounting_office"]),
    priceListUrl: line,
  }),
  terms: agreement,
  dataProcessingAgreement: agreement.nullable(),
  privacyPolicy: agreement,
  support: z.strictObject({ email: line, url: line, phone: line }),
  technicalUser: z.strictObject({
    username: line,
    rights: z.array(z.strictObject({ path: line, level: line, reason: text })).max(200),
  }),
  cap: count,
  partnerSteps: z.strictObject({
    kind: z.enum(["none", "form", "page"]),
    title: text,
    intro: text,
    url: line,
    fields: z.array(formField).max(50),
  }),
  settings: z.array(setting).max(50),
  requirements: z.strictObject({
    products: z.strictObject({ codes: z.array(line).max(100), madeByHand: condition }).nullable(),
    /** The setting with the range of numbers; empty when nothing is required. */
    customerNumbers: line,
    /** By the connector's ways of sending invoices. */
    delivery: z.record(z.string().max(30), condition).nullable(),
  }),
  /** The ways in which the partner's software may get at the customer's data here. */
  access: z.array(z.enum(ACCESS_KINDS)).max(ACCESS_KINDS.length).default([]),
  decisionTimeoutSeconds: count,
});

export const draftContent = z.preprocess(
  (given) =>
    withPrivacyPolicy(given, (url) => ({ source: "address", version: "", updatedOn: "", body: {}, url })),
  wholeDraft,
);
export type DraftContent = z.infer<typeof draftContent>;

/** The way to a value of a draft, as `terms.body` or `dataFlows.0.what`. */
export type DraftPath = string;

/** `must` keeps a draft from being submitted; `should` is said to the partner and to the reviewer. */
type ProblemWeight = "must" | "should";
export type DraftProblem = {
  path: DraftPath;
  weight: ProblemWeight;
  /** A key of `editor.problems`. */
  code: string;
  values: Readonly<Record<string, string | number>>;
};

/** The parts of the editor, in order. */
export const DRAFT_SECTIONS = [
  "texts",
  "dataFlows",
  "technicalUser",
  "price",
  "agreements",
  "support",
  "steps",
  "settings",
] as const;
export type DraftSection = (typeof DRAFT_SECTIONS)[number];

const SECTION_OF: Readonly<Record<keyof DraftContent, DraftSection>> = {
  mainLanguage: "texts",
  name: "texts",
  summary: "texts",
  description: "texts",
  dataFlows: "dataFlows",
  technicalUser: "technicalUser",
  access: "technicalUser",
  price: "price",
  terms: "agreements",
  dataProcessingAgreement: "agreements",
  privacyPolicy: "agreements",
  support: "support",
  partnerSteps: "steps",
  cap: "steps",
  decisionTimeoutSeconds: "steps",
  settings: "settings",
  requirements: "settings",
};

const isField = (name: string): name is keyof DraftContent => Object.hasOwn(SECTION_OF, name);

/** The part of the editor in which a value stands. */
export function sectionOf(path: DraftPath): DraftSection {
  const [field = ""] = path.split(".");
  return isField(field) ? SECTION_OF[field] : "texts";
}
