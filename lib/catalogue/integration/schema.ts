import { z } from "zod";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import type { Locale } from "@/lib/core/locales";
import { bareEmailAddress, emailAddress, writtenLine } from "@/lib/core/written-text";
import { FORM_FORMATS } from "./formats";
import {
  type InOneLanguage,
  listTexts,
  TEXT_LANGUAGES,
  type Text,
  type TextLanguage,
  UNDECLARED,
} from "./texts";

/** Partners' addresses become links: `javascript:` and the like are none. */
const webUrl = z.url({ protocol: /^https?$/ });

const languages = z.enum([...TEXT_LANGUAGES, UNDECLARED], {
  error: `one of the languages ${TEXT_LANGUAGES.join(", ")}`,
});

/** What a partner writes, once per language: `{"en": "Invoices", "fi": "Laskut"}`. */
const text = (maxLength: number): z.ZodType<Text, Text> =>
  z.partialRecord(languages, z.string().min(1).max(maxLength), {
    error: ({ code }) =>
      code === "invalid_type" ? 'a text per language is needed, as in {"en": "Invoices"}' : undefined,
  });

/** How often data moves. Number and unit, so that every reader gets it in words of their own language. */
const timed = {
  count: z.number().int().min(1).max(1000),
  unit: z.enum(["minute", "hour", "day", "week", "month"]),
};
const frequency = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("every"), ...timed }),
  /** At most so long after the change on the other side. */
  z.object({ kind: z.literal("within"), ...timed }),
  z.object({ kind: z.literal("each_change") }),
  /** As the first shape had it. Not for new specifications: `import-file.ts` refuses it. */
  z.object({ kind: z.literal("words"), words: text(120) }),
]);

/** What data moves, how often and who is the master: Procountor's certification asks integrators to tell customers this. */
const dataFlow = z.object({
  what: text(120),
  direction: z.enum(["to_vendor", "from_vendor", "both"]),
  frequency,
  master: z.enum(["vendor", "partner"]),
});

const price = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    /** Minor units of the currency, per environment and month, VAT excluded. */
    amountMinor: z.number().int().nonnegative(),
    currency: z.string().regex(/^[A-Z]{3}$/, "a currency's three capital letters, as in EUR"),
    billedTo: z.enum(["environment", "accounting_office"]),
    priceListUrl: webUrl.nullable(),
    /** Minor units, paid once for each environment at its activation. Left out when nothing is. */
    oneOffMinor: z.number().int().positive().optional(),
  }),
  z.object({ kind: z.literal("unknown") }),
]);

/**
 * A text that is accepted as a whole, with what it is called by: in Markdown of the kind that `lib/catalogue/integration/markdown.ts` shows, or at
 * an address of the partner's.
 */
const agreement = z
  .object({
    version: z.string().min(1).max(60),
    updatedOn: z.iso.date(),
    body: text(40_000).optional(),
    url: webUrl.optional(),
  })
  .refine(({ body, url }) => (body === undefined) !== (url === undefined), {
    error: "either a text or an address is needed",
    path: ["body"],
  });

/**
 * As an agreement, but for one thing: an address may go without version and date. Specifications had nothing else once, as
 * `privacyPolicyUrl`, which `withPrivacyPolicy` reads.
 */
const privacyPolicy = z
  .object({
    version: z.string().min(1).max(60).optional(),
    updatedOn: z.iso.date().optional(),
    body: text(40_000).optional(),
    url: webUrl.optional(),
  })
  .superRefine(({ body, url, version, updatedOn }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if ((body === undefined) === (url === undefined)) refuse("body", "either a text or an address is needed");
    if (body === undefined && version === undefined && updatedOn === undefined) return;
    if (version === undefined) refuse("version", "a text, or one with a date, needs its version");
    if (updatedOn === undefined) refuse("updatedOn", "a text, or one with a version, needs its date");
  });

/** What was stored, imported or drafted with an address alone, as the field that has taken its place. */
export function withPrivacyPolicy(given: unknown, policyAt: (url: unknown) => unknown): unknown {
  if (typeof given !== "object" || given === null || !("privacyPolicyUrl" in given)) return given;
  const { privacyPolicyUrl: url, ...rest } = given;
  return "privacyPolicy" in rest && rest.privacyPolicy !== undefined
    ? given
    : { ...rest, privacyPolicy: policyAt(url) };
}

const choice = z.object({ value: z.string().min(1).max(60), label: text(120) });

const formField = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: text(120),
  help: text(240).nullable(),
  /** `accept`: has to be ticked; its label says what is accepted. */
  type: z.enum(["text", "email", "choice", "accept"]),
  /** What a `text` has to be; any text when it is left out. */
  format: z.enum(FORM_FORMATS).optional(),
  /** Where the text stands that is accepted. */
  url: webUrl.optional(),
  required: z.boolean(),
  maxLength: z.number().int().min(1).max(500).default(120),
  /** For `choice`. */
  choices: z.array(choice).default([]),
});

const partnerSteps = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({
    kind: z.literal("form"),
    title: text(200),
    intro: text(2000),
    fields: z.array(formField).min(1).max(20),
  }),
  z.object({ kind: z.literal("page"), title: text(200), intro: text(2000), url: webUrl }),
]);

const settingName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const settingWords = { name: settingName, label: text(120), help: text(400).nullable() };

/** What the customer chooses before it submits, the same for all environments of a request. */
const setting = z.discriminatedUnion("type", [
  z.object({
    ...settingWords,
    type: z.literal("choice"),
    choices: z.array(choice).min(2).max(20),
    default: z.string().nullable(),
  }),
  z.object({ ...settingWords, type: z.literal("switch"), default: z.boolean() }),
  z.object({
    ...settingWords,
    type: z.literal("number"),
    min: z.number().int(),
    max: z.number().int(),
    required: z.boolean(),
  }),
  z.object({
    ...settingWords,
    type: z.literal("text"),
    maxLength: z.number().int().min(1).max(500),
    required: z.boolean(),
  }),
  /** From and to, both included: numbers that the partner's side gives out. */
  z.object({ ...settingWords, type: z.literal("number_range"), required: z.boolean() }),
]);

/** When a setting has one of these values. */
const whenSetting = z.object({ setting: settingName, values: z.array(z.string()).min(1) });

/** What has to be there in an environment, for a check before the request is submitted. */
const requirements = z
  .object({
    products: z
      .object({
        codes: z.array(z.string().min(1).max(100)).min(1).max(50),
        /** Otherwise the integration makes those that are missing. */
        madeByHand: whenSetting.nullable(),
      })
      .optional(),
    /** The setting of the type `number_range` that a number series has to cover. */
    customerNumbers: z.object({ setting: settingName }).optional(),
    /** By the connector's ways of sending invoices; null: never in this one. */
    delivery: z.record(z.string().regex(/^[a-z][a-z_]{0,29}$/), whenSetting.nullable()).optional(),
  })
  .refine((needs) => Object.values(needs).some((need) => need !== undefined), {
    error: "nothing is required: leave it out",
  });

const technicalUserRight = z.object({
  path: z.string(),
  level: z.string(),
  /** Why the partner needs it, in the partner's own words. */
  reason: text(240),
});

/**
 * What goes through the portal in each company. The partner's own software calls the vendor (`gateway`), has rows written
 * (`deliveries`), reads what was read there (`records`); the customer sends files by sFTP, whose rows are written (`files`).
 */
export const ACCESS_KINDS = ["gateway", "deliveries", "records", "files"] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

type NamedSetting = z.infer<typeof setting>;

/** What does not hold together between settings and requirements, in the words of whoever writes them. */
function listSettingFaults({
  settings = [],
  requirements: needs,
}: {
  settings?: NamedSetting[];
  requirements?: Requirements;
}): string[] {
  const byName = new Map(settings.map((one) => [one.name, one]));
  const conditions = [needs?.products?.madeByHand, ...Object.values(needs?.delivery ?? {})];
  const numbers = needs?.customerNumbers?.setting;
  return [
    byName.size < settings.length && "settings: two have the same name",
    ...settings.map(
      (one) =>
        one.type === "choice" &&
        one.default !== null &&
        !one.choices.some(({ value }) => value === one.default) &&
        `settings: the default of ${one.name} is none of its choices`,
    ),
    ...conditions.map(
      (when) => when && !byName.has(when.setting) && `requirements: there is no setting ${when.setting}`,
    ),
    numbers !== undefined &&
      byName.get(numbers)?.type !== "number_range" &&
      `requirements: ${numbers} is no number_range`,
  ].filter((fault) => typeof fault === "string");
}

/** The shape in which versions are stored now; `read-content.ts` knows the others. */
export const NEWEST_SHAPE = 2;

/**
 * A field more: add it here, optional or with a default (every stored version of this shape is parsed with this schema), and
 * follow the compiler to `fields.ts`, which says how the field is shown, compared and printed. A field that every version has
 * to have needs another shape: `read-content.ts`.
 */
const content = z.strictObject({
  schemaVersion: z.literal(NEWEST_SHAPE),
  /** What a reader gets whose own language the partner did not write. */
  mainLanguage: languages,
  name: text(80),
  summary: text(200),
  description: text(4000),
  dataFlows: z.array(dataFlow).max(20),
  price,
  terms: agreement,
  /** For personal data that the partner processes on the customer's behalf; null when there is none. */
  dataProcessingAgreement: agreement.nullable(),
  privacyPolicy,
  support: z.object({
    email: bareEmailAddress,
    url: webUrl.nullable(),
    phone: z.string().max(40).nullable(),
  }),
  technicalUser: z.object({
    username: z.string().min(1).max(60),
    rights: z.array(technicalUserRight).max(80),
  }),
  /** At most this many environments in one request, and in flight at once for one account. */
  cap: z.number().int().min(1).max(200),
  partnerSteps,
  settings: z.array(setting).max(20).default([]),
  requirements: requirements.optional(),
  /** Absent: nothing. A version that was accepted before there was such access opens none. */
  access: z
    .array(z.enum(ACCESS_KINDS))
    .min(1, "nothing is accessed: leave it out")
    .refine((kinds) => new Set(kinds).size === kinds.length, { error: "each kind of access once" })
    .optional(),
  decisionTimeoutSeconds: z
    .number()
    .int()
    .min(5)
    .max(14 * 24 * 3600),
});

/**
 * Whether the order of a list means something, by the way to the list. Where it does not, the list is sorted before it is
 * hashed or compared: rights in another order are the same rights.
 */
export const LISTS: Readonly<Record<string, "ordered" | "unordered">> = {
  dataFlows: "unordered",
  "technicalUser.rights": "unordered",
  "partnerSteps.fields": "ordered",
  "partnerSteps.fields.choices": "ordered",
  settings: "ordered",
  "settings.choices": "ordered",
  access: "unordered",
  "requirements.products.codes": "unordered",
  "requirements.products.madeByHand.values": "unordered",
  "requirements.delivery.*.values": "unordered",
};

const wholeContent = content.superRefine((given, context) => {
  for (const message of listSettingFaults(given)) context.addIssue({ code: "custom", message });
  for (const { path, text: written } of listTexts(given))
    if (written[given.mainLanguage] === undefined)
      context.addIssue({
        code: "custom",
        path,
        message: `has no text in the main language "${given.mainLanguage}"`,
      });
});

/** The immutable content of one specification version, in all its languages: everything that a customer is shown and accepts. */
export const specificationContent = z.preprocess(
  (given) => withPrivacyPolicy(given, (url) => ({ url })),
  wholeContent,
);
export type SpecificationContent = z.infer<typeof specificationContent>;
export type SpecificationField = Exclude<keyof SpecificationContent, "schemaVersion">;

/** The content as a reader of one language gets it: strings in the place of texts, and the language of each field. */
export type ShownContent = InOneLanguage<Pick<SpecificationContent, SpecificationField>> & {
  languages: Record<SpecificationField, TextLanguage>;
};
export type Price = ShownContent["price"];
export type PartnerSteps = ShownContent["partnerSteps"];
export type FormField = Extract<PartnerSteps, { kind: "form" }>["fields"][number];
export type Setting = ShownContent["settings"][number];
type Requirements = z.infer<typeof requirements>;
export type DataFlow = ShownContent["dataFlows"][number];
export type Frequency = DataFlow["frequency"];
export type Agreement = ShownContent["terms"];
export type PrivacyPolicy = ShownContent["privacyPolicy"];

/** What the column holds: a shape that only `read-content.ts` knows. */
export type StoredContent = { readonly schemaVersion?: number };

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and single dashes")
  .max(60);

/** A partner as the operator enters it. `notifyEmail` is told of requests that wait for its decision. */
export const newPartner = z.strictObject({
  slug,
  name: writtenLine(120),
  notifyEmail: emailAddress,
});
export type NewPartner = z.infer<typeof newPartner>;

/** What an acceptance records beside the version's hash; hashes are null where the stored shape has none of its own. */
type ShownHashes = { language: Locale; structureHash: string | null; languageHash: string | null };

/** A vendor system as the pages show it. `rightsEnforcedBy`: who keeps an integration to its rights there. */
export type ConnectorView = { id: string; name: string } & Pick<ConnectorManifest, "rightsEnforcedBy">;

/** What a link leads to: one published specification, as the review page shows it. */
export type IntegrationView = {
  linkToken: string;
  integrationId: string;
  partner: { id: string; name: string };
  connector: ConnectorView;
  stage: "test" | "production";
  specification: {
    id: string;
    version: number;
    contentHash: string;
    /** The language that it was read for, with the hashes that an acceptance in it records. */
    shown: ShownHashes;
    content: ShownContent;
  };
};

/** What a new version means for those who accepted the former one, from least to most. */
export const VERDICTS = ["silent", "announced", "needs_consent"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a field has its verdict; its words are the message `verdict.why.<why>`. */
export type ChangeReason =
  | "text"
  | "narrower"
  | "new_activations"
  | "other"
  | "frequency"
  | "translation"
  | "lower_price"
  | "price_list"
  | "policy_dated"
  | "wider_right"
  | "new_access"
  | "new_flow"
  | "new_master"
  | "higher_price"
  | "other_price"
  | "new_terms"
  | "lost_agreement";

/** `detail`: the right's path, the kind of access, or what moves, where there is one. */
export type Finding = { field: SpecificationField; verdict: Verdict; why: ChangeReason; detail?: string };
export type ChangeVerdict = { verdict: Verdict; findings: Finding[] };

/** Why a link does not work. The partner's support contact is given when the link is known. */
export type DeadLinkView = {
  why: "unknown" | "withdrawn" | "expired" | "unpublished" | "used_up" | "reserved" | "retired";
  partnerName: string | null;
  integrationName: string | null;
  support: { email: string; url: string | null } | null;
  /** What the partner offers in place of what it gives up. */
  replacement?: { name: string; url: string } | null;
};
