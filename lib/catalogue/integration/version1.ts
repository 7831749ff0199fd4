import { z } from "zod";
import type { SpecificationContent } from "./schema";
import type { Text, TextLanguage } from "./texts";

/**
 * The first shape of a specification: every text in one language that nobody declared, frequencies in the partner's own
 * words. Versions that were published in it stay as they are stored, so this file does not change any more.
 */

const webUrl = z.url({ protocol: /^https?$/ });

const dataFlow = z.object({
  what: z.string().min(1).max(120),
  direction: z.enum(["to_vendor", "from_vendor", "both"]),
  frequency: z.string().min(1).max(120),
  master: z.enum(["vendor", "partner"]),
});

const price = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    amountMinor: z.number().int().nonnegative(),
    currency: z.string().length(3),
    billedTo: z.enum(["environment", "accounting_office"]),
    priceListUrl: webUrl.nullable(),
  }),
  z.object({ kind: z.literal("unknown") }),
]);

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const choice = z.object({ value: z.string().min(1).max(60), label: z.string().min(1).max(120) });

const formField = z.object({
  name,
  label: z.string().min(1).max(120),
  help: z.string().max(240).nullable(),
  type: z.enum(["text", "email", "choice"]),
  required: z.boolean(),
  maxLength: z.number().int().min(1).max(500).default(120),
  choices: z.array(choice).default([]),
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

const settingWords = { name, label: z.string().min(1).max(120), help: z.string().max(400).nullable() };

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
  z.object({ ...settingWords, type: z.literal("number_range"), required: z.boolean() }),
]);

const whenSetting = z.object({ setting: name, values: z.array(z.string()).min(1) });

const requirements = z.object({
  products: z
    .object({
      codes: z.array(z.string().min(1).max(100)).min(1).max(50),
      madeByHand: whenSetting.nullable(),
    })
    .optional(),
  customerNumbers: z.object({ setting: name }).optional(),
  delivery: z.record(z.string(), whenSetting.nullable()).optional(),
});

export const contentVersion1 = z.object({
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
    rights: z
      .array(z.object({ path: z.string(), level: z.string(), reason: z.string().min(1).max(240) }))
      .max(80),
  }),
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
export type ContentVersion1 = z.infer<typeof contentVersion1>;

type Labelled = { label: string; help: string | null };

/** The newest shape with the same words, as texts of `language`. Never hashed: the stored version's own hash stands. */
export function upgradeVersion1(
  { privacyPolicyUrl, ...old }: ContentVersion1,
  language: TextLanguage,
): SpecificationContent {
  const text = (words: string): Text => ({ [language]: words });
  const labelled = <Item extends Labelled>(item: Item) => ({
    ...item,
    label: text(item.label),
    help: item.help === null ? null : text(item.help),
  });
  const choices = (given: { value: string; label: string }[]) =>
    given.map(({ value, label }) => ({ value, label: text(label) }));
  const { partnerSteps: steps, requirements: needs } = old;
  const titled = steps.kind === "none" ? null : { title: text(steps.title), intro: text(steps.intro) };
  return {
    ...old,
    schemaVersion: 2,
    mainLanguage: language,
    name: text(old.name),
    summary: text(old.summary),
    description: text(old.description),
    dataFlows: old.dataFlows.map((flow) => ({
      ...flow,
      what: text(flow.what),
      frequency: { kind: "words", words: text(flow.frequency) },
    })),
    terms: { ...old.terms, body: text(old.terms.body) },
    dataProcessingAgreement: null,
    privacyPolicy: { url: privacyPolicyUrl },
    technicalUser: {
      ...old.technicalUser,
      rights: old.technicalUser.rights.map((right) => ({ ...right, reason: text(right.reason) })),
    },
    partnerSteps:
      titled === null || steps.kind === "none"
        ? { kind: "none" }
        : steps.kind === "page"
          ? { ...steps, ...titled }
          : {
              ...steps,
              ...titled,
              fields: steps.fields.map((field) => ({ ...labelled(field), choices: choices(field.choices) })),
            },
    settings: (old.settings ?? []).map((one) =>
      one.type === "choice" ? { ...labelled(one), choices: choices(one.choices) } : labelled(one),
    ),
    requirements: needs && Object.values(needs).some((need) => need !== undefined) ? needs : undefined,
  };
}
