import { inLanguage } from "../integration/read-content";
import { type ShownContent, type SpecificationContent, specificationContent } from "../integration/schema";
import type { DraftContent, DraftLanguage, DraftText } from "./schema";
import { candidateOf } from "./to-content";

/** Words in the place of what is not written yet, in the language of the preview's frame: it is for the partner alone. */
export type PreviewGaps = { text: string; address: string; today: string };

/**
 * What a customer would be shown of a draft, whole or not: what is missing or wrong has words or a value in its place that
 * the review page can show. Never stored, never accepted.
 */
export function previewContent(
  draft: DraftContent,
  language: DraftLanguage,
  gaps: PreviewGaps,
): ShownContent {
  const whole = specificationContent.safeParse(candidateOf(draft));
  if (whole.success) return inLanguage(whole.data, language);
  return inLanguage(fillGaps(draft, gaps), language);
}

function fillGaps(draft: DraftContent, gaps: PreviewGaps): SpecificationContent {
  const { mainLanguage } = draft;
  // Another language that is missing falls back as it would; the main one says that it is missing.
  const text = (written: DraftText): DraftText =>
    written[mainLanguage]?.trim() ? written : { ...written, [mainLanguage]: gaps.text };
  const help = (written: DraftText): DraftText =>
    Object.values(written).some((words) => words?.trim()) ? text(written) : {};
  const address = (url: string): string =>
    /^https?:\/\/./.test(url.trim()) && URL.canParse(url) ? url : gaps.address;
  const optional = (url: string): string => (url.trim() === "" ? "" : address(url));
  const amount = (value: number | null): number => Math.max(0, value ?? 0);
  const choices = (listed: DraftContent["settings"][number]["choices"]) =>
    listed.map((choice, index) => ({
      value: choice.value.trim() || String(index + 1),
      label: text(choice.label),
    }));
  const agreement = (given: DraftContent["terms"]): DraftContent["terms"] => ({
    ...given,
    version: given.version.trim() || "–",
    updatedOn: isDay(given.updatedOn) ? given.updatedOn : gaps.today,
    body: text(given.body),
    url: address(given.url),
  });
  const named = (name: string, index: number): string =>
    /^[a-z][a-z0-9_]{0,39}$/.test(name) ? name : `question_${index + 1}`;
  const filled: DraftContent = {
    ...draft,
    name: text(draft.name),
    summary: text(draft.summary),
    description: text(draft.description),
    dataFlows: draft.dataFlows.map((flow) => ({
      ...flow,
      what: text(flow.what),
      frequency: { ...flow.frequency, count: Math.max(1, flow.frequency.count ?? 1) },
    })),
    price: {
      ...draft.price,
      amountMinor: amount(draft.price.amountMinor),
      oneOffMinor: draft.price.oneOffMinor === null ? null : amount(draft.price.oneOffMinor),
      currency: /^[A-Z]{3}$/.test(draft.price.currency.trim()) ? draft.price.currency : "EUR",
      priceListUrl: optional(draft.price.priceListUrl),
    },
    terms: agreement(draft.terms),
    dataProcessingAgreement: draft.dataProcessingAgreement && agreement(draft.dataProcessingAgreement),
    privacyPolicy: isBareAddress(draft.privacyPolicy)
      ? { ...draft.privacyPolicy, url: address(draft.privacyPolicy.url) }
      : agreement(draft.privacyPolicy),
    support: { ...draft.support, email: draft.support.email.trim() || "–", url: optional(draft.support.url) },
    technicalUser: {
      username: draft.technicalUser.username.trim() || gaps.text,
      rights: draft.technicalUser.rights.map((right) => ({ ...right, reason: text(right.reason) })),
    },
    cap: Math.max(1, draft.cap ?? 1),
    partnerSteps: {
      ...draft.partnerSteps,
      title: text(draft.partnerSteps.title),
      intro: text(draft.partnerSteps.intro),
      url: address(draft.partnerSteps.url),
      fields: draft.partnerSteps.fields.map((field, index) => ({
        ...field,
        name: named(field.name, index),
        label: text(field.label),
        help: help(field.help),
        url: optional(field.url),
        maxLength: Math.max(1, field.maxLength ?? 1),
        choices: choices(field.choices),
      })),
    },
    settings: draft.settings.map((setting, index) => ({
      ...setting,
      name: named(setting.name, index),
      label: text(setting.label),
      help: help(setting.help),
      min: setting.min ?? 0,
      max: setting.max ?? 0,
      maxLength: Math.max(1, setting.maxLength ?? 1),
      choices: choices(setting.choices),
    })),
    decisionTimeoutSeconds: Math.max(5, draft.decisionTimeoutSeconds ?? 5),
  };
  // Of the shape that the pages show. Its rules (how many, how long, what fits together) do not hold of it.
  return candidateOf(filled) as SpecificationContent;
}

const isBareAddress = ({ source, version, updatedOn }: DraftContent["terms"]): boolean =>
  source === "address" && version.trim() === "" && updatedOn.trim() === "";

const isDay = (written: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(Date.parse(written));
