import type { RequestTransaction } from "@/db/scope";
import type {
  DataFlow,
  IntegrationView,
  PartnerSteps,
  Price,
  Requirements,
  Setting,
  SpecificationContent,
} from "@/lib/catalogue/integration/schema";
import { findOpenDraft, getAcceptedSpecification } from "./queries";
import type { ChangedField, ChangedView, Difference } from "./schema";

/** How the parts of a specification read in the customer's language. */
export type ChangeWords = {
  dataFlow(flow: DataFlow): string;
  price(price: Price): string | null;
  right(right: SpecificationContent["technicalUser"]["rights"][number]): string;
  minutes(count: number): string;
  /** A calendar day (`2026-10-01`). */
  day(on: string): string;
};

/** Each field of a specification as plain text, to be compared and shown side by side. Together they hold all of it. */
function textsOf(content: SpecificationContent, words: ChangeWords): Record<ChangedField, string | null> {
  const { terms, support } = content;
  return {
    name: content.name,
    summary: content.summary,
    description: content.description,
    dataFlows: content.dataFlows.map(words.dataFlow).join("\n"),
    price: words.price(content.price),
    terms: `${terms.version} (${words.day(terms.updatedOn)})\n\n${terms.body}`,
    privacyPolicy: content.privacyPolicyUrl,
    support: [support.email, support.url, support.phone].filter(Boolean).join("\n"),
    technicalUser: content.technicalUser.username,
    rights: content.technicalUser.rights.map(words.right).sort().join("\n"),
    cap: String(content.cap),
    partnerSteps: stepsText(content.partnerSteps),
    settings: settingsText(content.settings ?? []),
    requirements: content.requirements ? requirementsText(content.requirements) : null,
    decisionTimeout: words.minutes(Math.round(content.decisionTimeoutSeconds / 60)),
  };
}

function stepsText(steps: PartnerSteps): string | null {
  if (steps.kind === "none") return null;
  if (steps.kind === "page") return [steps.title, steps.intro, new URL(steps.url).host].join("\n");
  const fields = steps.fields.map((field) => {
    const choices = field.choices.map((choice) => choice.label).join(", ");
    return [`${field.label}${field.required ? " *" : ""}`, field.help, choices].filter(Boolean).join(" – ");
  });
  return [steps.title, steps.intro, ...fields].join("\n");
}

function settingsText(settings: readonly Setting[]): string | null {
  if (settings.length === 0) return null;
  return settings
    .map((setting) => {
      const choices = setting.type === "choice" ? setting.choices.map(({ label }) => label).join(", ") : null;
      const bounds = setting.type === "number" ? `${setting.min}–${setting.max}` : null;
      const length = setting.type === "text" ? `≤ ${setting.maxLength}` : null;
      const isRequired = "required" in setting && setting.required;
      const by = "default" in setting && setting.default !== null ? `(${setting.default})` : null;
      return [`${setting.label}${isRequired ? " *" : ""}`, setting.help, choices, bounds, length, by]
        .filter(Boolean)
        .join(" – ");
    })
    .join("\n");
}

function requirementsText({ products, customerNumbers, delivery }: Requirements): string {
  const when = (one: { setting: string; values: string[] } | null | undefined) =>
    one ? `(${one.setting}: ${one.values.join(", ")})` : "";
  return [
    products && `${products.codes.join(", ")} ${when(products.madeByHand)}`,
    customerNumbers?.setting,
    delivery?.email && `PDF ${when(delivery.email)}`,
    delivery?.ehf && `EHF ${when(delivery.ehf)}`,
  ]
    .filter(Boolean)
    .join("\n");
}

/** The fields that read differently, in the order in which the page shows them. */
export function compareContents(
  before: SpecificationContent,
  after: SpecificationContent,
  words: ChangeWords,
): Difference[] {
  const [old, now] = [textsOf(before, words), textsOf(after, words)];
  const fields = Object.keys(now) as ChangedField[];
  return fields
    .filter((field) => old[field] !== now[field])
    .map((field) => ({ field, before: old[field], after: now[field] }));
}

/** What changed between the accepted version and the published one; null when it is the same or there is no draft. */
export async function findChanges(
  tx: RequestTransaction,
  view: IntegrationView,
  words: ChangeWords,
): Promise<ChangedView | null> {
  const draft = await findOpenDraft(tx, view.integrationId);
  const { specification } = view;
  if (!draft || draft.contentHash === specification.contentHash) return null;
  const accepted = await getAcceptedSpecification(tx, draft);
  return {
    linkToken: view.linkToken,
    connectorId: view.connector.id,
    partnerName: view.partner.name,
    specificationId: specification.id,
    contentHash: specification.contentHash,
    termsVersion: specification.content.terms.version,
    differences: compareContents(accepted.content, specification.content, words),
  };
}
