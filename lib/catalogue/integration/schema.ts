import { z } from "zod";
import type { ConnectorManifest } from "@/lib/connectors/manifest";

/** Partners' addresses become links: `javascript:` and the like are none. */
const webUrl = z.url({ protocol: /^https?$/ });

/** What data moves, how often and who is the master: Procountor's certification asks integrators to tell customers this. */
const dataFlow = z.object({
  what: z.string().min(1).max(120),
  direction: z.enum(["to_vendor", "from_vendor", "both"]),
  frequency: z.string().min(1).max(120),
  master: z.enum(["vendor", "partner"]),
});

const price = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    /** Minor units of the currency, per environment and month, VAT excluded. */
    amountMinor: z.number().int().nonnegative(),
    currency: z.string().length(3),
    billedTo: z.enum(["environment", "accounting_office"]),
    priceListUrl: webUrl.nullable(),
  }),
  z.object({ kind: z.literal("unknown") }),
]);

const formField = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.string().min(1).max(120),
  help: z.string().max(240).nullable(),
  type: z.enum(["text", "email", "choice"]),
  required: z.boolean(),
  maxLength: z.number().int().min(1).max(500).default(120),
  /** For `choice`. */
  choices: z
    .array(z.object({ value: z.string().min(1).max(60), label: z.string().min(1).max(120) }))
    .default([]),
});

const partnerSteps = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({
    kind: z.literal("form"),
    title: z.string(),
    intro: z.string(),
    fields: z.array(formField).min(1).max(20),
  }),
  z.object({ kind: z.literal("page"), title: z.string(), intro: z.string(), url: webUrl }),
]);

const settingName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const settingWords = {
  name: settingName,
  label: z.string().min(1).max(120),
  help: z.string().max(400).nullable(),
};

/** What the customer chooses before it submits, the same for all environments of a request. */
const setting = z.discriminatedUnion("type", [
  z.object({
    ...settingWords,
    type: z.literal("choice"),
    choices: z
      .array(z.object({ value: z.string().min(1).max(60), label: z.string().min(1).max(120) }))
      .min(2)
      .max(20),
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
const requirements = z.object({
  products: z
    .object({
      codes: z.array(z.string().min(1).max(100)).min(1).max(50),
      /** Otherwise the integration makes those that are missing. */
      madeByHand: whenSetting.nullable(),
    })
    .optional(),
  /** The setting of the type `number_range` that a number series has to cover. */
  customerNumbers: z.object({ setting: settingName }).optional(),
  delivery: z.object({ email: whenSetting.nullable(), ehf: whenSetting.nullable() }).optional(),
});

const technicalUserRight = z.object({
  path: z.string(),
  level: z.string(),
  /** Why the partner needs it, in the partner's own words. */
  reason: z.string().min(1).max(240),
});

/** What does not hold together between settings and requirements, in the words of whoever writes them. */
function listSettingFaults({
  settings = [],
  requirements: needs,
}: {
  settings?: Setting[];
  requirements?: Requirements;
}): string[] {
  const byName = new Map(settings.map((one) => [one.name, one]));
  const conditions = [needs?.products?.madeByHand, needs?.delivery?.email, needs?.delivery?.ehf];
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

const content = z.object({
  name: z.string().min(1).max(80),
  summary: z.string().min(1).max(200),
  description: z.string().min(1).max(4000),
  dataFlows: z.array(dataFlow).max(20),
  price,
  terms: z.object({ version: z.string(), updatedOn: z.iso.date(), body: z.string().min(1).max(40_000) }),
  privacyPolicyUrl: webUrl,
  support: z.object({ email: z.email(), url: webUrl.nullable(), phone: z.string().max(40).nullable() }),
  technicalUser: z.object({
    username: z.string().min(1).max(60),
    rights: z.array(technicalUserRight).max(80),
  }),
  /** At most this many environments in one request, and in flight at once for one account. */
  cap: z.number().int().min(1).max(200),
  partnerSteps,
  settings: z.array(setting).max(20).optional(),
  requirements: requirements.optional(),
  decisionTimeoutSeconds: z
    .number()
    .int()
    .min(5)
    .max(14 * 24 * 3600),
});
/** The immutable content of one specification version: everything that a customer is shown and accepts. */
export const specificationContent = content.superRefine((given, context) => {
  for (const message of listSettingFaults(given)) context.addIssue({ code: "custom", message });
});
export type SpecificationContent = z.infer<typeof specificationContent>;
export type Price = z.infer<typeof price>;
export type PartnerSteps = z.infer<typeof partnerSteps>;
export type FormField = z.infer<typeof formField>;
export type Setting = z.infer<typeof setting>;
export type Requirements = z.infer<typeof requirements>;
export type DataFlow = z.infer<typeof dataFlow>;

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and single dashes")
  .max(60);

/** A partner as the operator enters it. `notifyEmail` is told of requests that wait for its decision. */
export const newPartner = z.strictObject({
  slug,
  name: z.string().trim().min(1).max(120),
  notifyEmail: z.email(),
});
export type NewPartner = z.infer<typeof newPartner>;

/** The file that `npm run integration:import` takes: what the vendor gave the partner, and one version of the texts. */
export const integrationFile = z.strictObject({
  partner: slug,
  slug,
  connector: z.string(),
  stage: z.enum(["test", "production"]),
  /** Whether it is shown in the public catalogue; its links work either way. */
  listed: z.boolean(),
  application: z.strictObject({
    clientId: z.string().min(1).max(120),
    /** What the vendor counts its limit by, where several applications share it. */
    limiterKey: z.string().min(1).max(120).optional(),
    settings: z.record(z.string().max(100), z.string().min(1).max(500)),
  }),
  content: specificationContent,
});
export type IntegrationFile = z.infer<typeof integrationFile>;

/** A vendor system as the pages show it. `rightsEnforcedBy`: who keeps an integration to its rights there. */
export type ConnectorView = { id: string; name: string } & Pick<ConnectorManifest, "rightsEnforcedBy">;

/** What a link leads to: one published specification, as the review page shows it. */
export type IntegrationView = {
  linkToken: string;
  integrationId: string;
  partner: { id: string; name: string };
  connector: ConnectorView;
  stage: "test" | "production";
  specification: { id: string; version: number; contentHash: string; content: SpecificationContent };
};

/** Why a link does not work. The partner's support contact is given when the link is known. */
export type DeadLinkView = {
  why: "unknown" | "withdrawn" | "expired" | "unpublished";
  partnerName: string | null;
  integrationName: string | null;
  support: { email: string; url: string | null } | null;
};
