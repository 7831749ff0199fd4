import type { SpecificationContent } from "../integration/schema";
import { mapTexts, UNDECLARED } from "../integration/texts";
import { emptyFormField, emptySetting, makeEmptyDraft } from "./empty";
import { type DraftContent, draftContent } from "./schema";

type PrivacyPolicy = SpecificationContent["privacyPolicy"];
type Setting = SpecificationContent["settings"][number];
type Condition = { setting: string; values: string[] } | null;

const conditionOf = (when: Condition) =>
  when === null ? { kind: "never", setting: "", values: [] } : { kind: "when", ...when };

const agreementOf = ({ version, updatedOn, body, url }: PrivacyPolicy) => ({
  source: url === undefined ? "text" : "address",
  version: version ?? "",
  updatedOn: updatedOn ?? "",
  body: body ?? {},
  url: url ?? "",
});

function settingOf(setting: Setting) {
  const { type, name, label, help } = setting;
  const common = { ...emptySetting(), type, name, label, help: help ?? {} };
  switch (setting.type) {
    case "choice":
      return { ...common, choices: setting.choices, chosen: setting.default ?? "" };
    case "switch":
      return { ...common, isOn: setting.default };
    case "number":
      return { ...common, min: setting.min, max: setting.max, required: setting.required };
    case "text":
      return { ...common, maxLength: setting.maxLength, required: setting.required };
    case "number_range":
      return { ...common, required: setting.required };
  }
}

function stepsOf(steps: SpecificationContent["partnerSteps"]) {
  const none = { kind: steps.kind, title: {}, intro: {}, url: "", fields: [] };
  if (steps.kind === "none") return none;
  const words = { title: steps.title, intro: steps.intro };
  if (steps.kind === "page") return { ...none, ...words, url: steps.url };
  const fields = steps.fields.map((field) => ({
    ...emptyFormField(),
    ...field,
    help: field.help ?? {},
    format: field.format ?? "",
    url: field.url ?? "",
  }));
  return { ...none, ...words, fields };
}

function requirementsOf(needs: SpecificationContent["requirements"]) {
  return {
    products: needs?.products
      ? { codes: needs.products.codes, madeByHand: conditionOf(needs.products.madeByHand) }
      : null,
    customerNumbers: needs?.customerNumbers?.setting ?? "",
    delivery: needs?.delivery
      ? Object.fromEntries(Object.entries(needs.delivery).map(([way, when]) => [way, conditionOf(when)]))
      : null,
  };
}

function priceOf(price: SpecificationContent["price"]) {
  const none = makeEmptyDraft("", "en").price;
  if (price.kind === "unknown") return none;
  return {
    ...none,
    ...price,
    priceListUrl: price.priceListUrl ?? "",
    oneOffMinor: price.oneOffMinor ?? null,
  };
}

/**
 * A version as a draft to go on writing. Texts in no declared language become those of `declared`, and frequencies in words,
 * which only the first shape had, become the commonest one: the page of problems cannot ask for a number that was never there.
 */
export function draftFromContent(
  content: SpecificationContent,
  declared: DraftContent["mainLanguage"] = "en",
): DraftContent {
  const { mainLanguage, requirements, schemaVersion: _, ...rest } = content;
  const draft = {
    ...rest,
    mainLanguage: mainLanguage === UNDECLARED ? declared : mainLanguage,
    dataFlows: content.dataFlows.map(({ frequency, ...flow }) => ({
      ...flow,
      frequency:
        frequency.kind === "words"
          ? { kind: "each_change", count: null, unit: "minute" }
          : { count: null, unit: "minute", ...frequency },
    })),
    price: priceOf(content.price),
    terms: agreementOf(content.terms),
    dataProcessingAgreement: content.dataProcessingAgreement && agreementOf(content.dataProcessingAgreement),
    privacyPolicy: agreementOf(content.privacyPolicy),
    support: {
      email: content.support.email,
      url: content.support.url ?? "",
      phone: content.support.phone ?? "",
    },
    partnerSteps: stepsOf(content.partnerSteps),
    settings: content.settings.map(settingOf),
    requirements: requirementsOf(requirements),
    access: content.access ?? [],
  };
  return draftContent.parse(
    mapTexts(draft, ({ und, ...text }) => (und === undefined ? text : { [declared]: und, ...text })),
  );
}
