import type { DraftAgreement, DraftContent, DraftFormField, DraftLanguage, DraftSetting } from "./schema";

/** Beside a limit of the schema these are only what most partners choose. */
const USUAL_CAP = 20;
const USUAL_DECISION_SECONDS = 3 * 24 * 3600;
const USUAL_ANSWER_LENGTH = 120;

export const emptyAgreement = (): DraftAgreement => ({
  source: "text",
  version: "",
  updatedOn: "",
  body: {},
  url: "",
});

export const emptyFormField = (): DraftFormField => ({
  name: "",
  label: {},
  help: {},
  type: "text",
  format: "",
  url: "",
  required: true,
  maxLength: USUAL_ANSWER_LENGTH,
  choices: [],
});

export const emptySetting = (): DraftSetting => ({
  name: "",
  label: {},
  help: {},
  type: "switch",
  choices: [],
  chosen: "",
  isOn: false,
  min: null,
  max: null,
  maxLength: USUAL_ANSWER_LENGTH,
  required: false,
});

/** What a new integration's draft begins with: its name, and nothing else that a customer would read. */
export function makeEmptyDraft(name: string, mainLanguage: DraftLanguage): DraftContent {
  return {
    mainLanguage,
    name: { [mainLanguage]: name },
    summary: {},
    description: {},
    dataFlows: [],
    price: {
      kind: "unknown",
      amountMinor: null,
      oneOffMinor: null,
      currency: "EUR",
      billedTo: "environment",
      priceListUrl: "",
    },
    terms: emptyAgreement(),
    dataProcessingAgreement: null,
    privacyPolicy: { ...emptyAgreement(), source: "address" },
    support: { email: "", url: "", phone: "" },
    technicalUser: { username: "", rights: [] },
    cap: USUAL_CAP,
    partnerSteps: { kind: "none", title: {}, intro: {}, url: "", fields: [] },
    settings: [],
    requirements: { products: null, customerNumbers: "", delivery: null },
    access: [],
    decisionTimeoutSeconds: USUAL_DECISION_SECONDS,
  };
}
