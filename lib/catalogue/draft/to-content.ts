import { cleanLine, cleanLines } from "@/lib/core/outside-text";
import { NEWEST_SHAPE } from "../integration/schema";
import type {
  DraftAgreement,
  DraftChoice,
  DraftCondition,
  DraftContent,
  DraftFormField,
  DraftSetting,
  DraftText,
} from "./schema";

/** Languages without a word are left out; a text without any is missing. */
function textOf(written: DraftText): Record<string, string> | undefined {
  const texts = Object.entries(written)
    .map(([language, words]) => [language, cleanLines(words ?? "")] as const)
    .filter(([, words]) => words !== "");
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

const helpOf = (written: DraftText) => textOf(written) ?? null;
const lineOf = (written: string): string | undefined => cleanLine(written) || undefined;
const lineOrNull = (written: string): string | null => cleanLine(written) || null;
const choicesOf = (choices: DraftChoice[]) =>
  choices.map(({ value, label }) => ({ value: lineOf(value), label: textOf(label) }));

const conditionOf = ({ kind, setting, values }: DraftCondition) =>
  kind === "never" ? null : { setting: lineOf(setting), values: values.map(cleanLine) };

const agreementOf = ({ source, version, updatedOn, body, url }: DraftAgreement) => ({
  version: lineOf(version),
  updatedOn: lineOf(updatedOn),
  ...(source === "text" ? { body: textOf(body) } : { url: cleanLine(url) }),
});

/** At an address it may go without version and date, and what is left out has to be left out of the hash too. */
const policyOf = (policy: DraftAgreement) =>
  Object.fromEntries(Object.entries(agreementOf(policy)).filter(([, value]) => value !== undefined));

function priceOf(price: DraftContent["price"]) {
  if (price.kind === "unknown") return { kind: "unknown" };
  const { kind, amountMinor, oneOffMinor, currency, billedTo, priceListUrl } = price;
  return {
    kind,
    amountMinor,
    currency: cleanLine(currency),
    billedTo,
    priceListUrl: lineOrNull(priceListUrl),
    // What is left out has to be left out of the hash too.
    ...(oneOffMinor ? { oneOffMinor } : {}),
  };
}

function formFieldOf(field: DraftFormField) {
  const { name, label, help, type, required, maxLength } = field;
  const format = type === "text" ? lineOf(field.format) : undefined;
  const url = type === "accept" ? lineOf(field.url) : undefined;
  return {
    name: lineOf(name),
    label: textOf(label),
    help: helpOf(help),
    type,
    required: type === "accept" || required,
    maxLength: type === "text" || type === "email" ? maxLength : 120,
    choices: type === "choice" ? choicesOf(field.choices) : [],
    ...(format ? { format } : {}),
    ...(url ? { url } : {}),
  };
}

function stepsOf({ kind, title, intro, url, fields }: DraftContent["partnerSteps"]) {
  if (kind === "none") return { kind };
  const words = { kind, title: textOf(title), intro: textOf(intro) };
  return kind === "page" ? { ...words, url: cleanLine(url) } : { ...words, fields: fields.map(formFieldOf) };
}

function settingOf({ type, name, label, help, ...setting }: DraftSetting) {
  const words = { name: lineOf(name), label: textOf(label), help: helpOf(help), type };
  const { choices, chosen, isOn, min, max, maxLength, required } = setting;
  switch (type) {
    case "choice":
      return { ...words, choices: choicesOf(choices), default: lineOrNull(chosen) };
    case "switch":
      return { ...words, default: isOn };
    case "number":
      return { ...words, min, max, required };
    case "text":
      return { ...words, maxLength, required };
    case "number_range":
      return { ...words, required };
  }
}

function requirementsOf({ products, customerNumbers, delivery }: DraftContent["requirements"]) {
  const setting = lineOf(customerNumbers);
  const needs = {
    ...(products
      ? {
          products: {
            codes: products.codes.map(cleanLine).filter(Boolean),
            madeByHand: conditionOf(products.madeByHand),
          },
        }
      : {}),
    ...(setting ? { customerNumbers: { setting } } : {}),
    ...(delivery
      ? {
          delivery: Object.fromEntries(
            Object.entries(delivery).map(([way, condition]) => [way, conditionOf(condition)]),
          ),
        }
      : {}),
  };
  return Object.keys(needs).length === 0 ? {} : { requirements: needs };
}

/**
 * What the draft would be as a version: cleaned, and without what its choices leave aside. It need not be one; the ways to
 * its values are those in the draft, but for the few that `find-problems.ts` names.
 */
export function candidateOf(draft: DraftContent): Record<string, unknown> {
  return {
    schemaVersion: NEWEST_SHAPE,
    mainLanguage: draft.mainLanguage,
    name: textOf(draft.name),
    summary: textOf(draft.summary),
    description: textOf(draft.description),
    dataFlows: draft.dataFlows.map(({ what, direction, frequency, master }) => ({
      what: textOf(what),
      direction,
      frequency: frequency.kind === "each_change" ? { kind: frequency.kind } : frequency,
      master,
    })),
    price: priceOf(draft.price),
    terms: agreementOf(draft.terms),
    dataProcessingAgreement: draft.dataProcessingAgreement && agreementOf(draft.dataProcessingAgreement),
    privacyPolicy: policyOf(draft.privacyPolicy),
    support: {
      email: cleanLine(draft.support.email),
      url: lineOrNull(draft.support.url),
      phone: lineOrNull(draft.support.phone),
    },
    technicalUser: {
      username: lineOf(draft.technicalUser.username),
      rights: draft.technicalUser.rights.map(({ path, level, reason }) => ({
        path,
        level,
        reason: textOf(reason),
      })),
    },
    cap: draft.cap,
    partnerSteps: stepsOf(draft.partnerSteps),
    settings: draft.settings.map(settingOf),
    ...requirementsOf(draft.requirements),
    ...(draft.access.length > 0 ? { access: draft.access } : {}),
    decisionTimeoutSeconds: draft.decisionTimeoutSeconds,
  };
}
