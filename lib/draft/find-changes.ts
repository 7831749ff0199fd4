import type { ScopedTransaction } from "@/db/scope";
import { canonicalJson } from "@/lib/core/canonical-json";
import type { IntegrationView, SpecificationContent } from "@/lib/integration/schema";
import { findOpenDraft, getAcceptedSpecification } from "./queries";

type ChangedField =
  | "name"
  | "summary"
  | "description"
  | "dataFlows"
  | "price"
  | "terms"
  | "privacyPolicy"
  | "support"
  | "technicalUser"
  | "rights"
  | "cap"
  | "partnerSteps"
  | "decisionTimeout";

export type Changes = {
  linkToken: string;
  partnerName: string;
  specificationId: string;
  contentHash: string;
  termsVersion: string;
  differences: { field: ChangedField; before: string | null; after: string | null }[];
};

const money = (price: SpecificationContent["price"]): string | null =>
  price.kind === "unknown"
    ? null
    : `${(price.amountMinor / 100).toFixed(2)} ${price.currency} (${price.billedTo.replace("_", " ")})`;

/** Each field of a specification as plain text, to be compared and shown side by side. */
const FIELDS: Record<ChangedField, (content: SpecificationContent) => string | null> = {
  name: (content) => content.name,
  summary: (content) => content.summary,
  description: (content) => content.description,
  dataFlows: (content) => content.dataFlows.map((flow) => `${flow.what}: ${flow.frequency}`).join("\n"),
  price: (content) => money(content.price),
  terms: (content) => `${content.terms.version} (${content.terms.updatedOn})\n\n${content.terms.body}`,
  privacyPolicy: (content) => content.privacyPolicyUrl,
  support: (content) =>
    [content.support.email, content.support.url, content.support.phone].filter(Boolean).join("\n"),
  technicalUser: (content) => content.technicalUser.username,
  rights: (content) =>
    content.technicalUser.rights
      .map((right) => `${right.path}: ${right.level}`)
      .sort()
      .join("\n"),
  cap: (content) => String(content.cap),
  partnerSteps: (content) => (content.partnerSteps.kind === "none" ? null : content.partnerSteps.title),
  decisionTimeout: (content) => `${Math.round(content.decisionTimeoutSeconds / 60)} min`,
};

export function compareContents(
  before: SpecificationContent,
  after: SpecificationContent,
): Changes["differences"] {
  const fields = Object.entries(FIELDS) as [ChangedField, (typeof FIELDS)[ChangedField]][];
  return fields
    .map(([field, read]) => ({ field, before: read(before), after: read(after) }))
    .filter((difference) => difference.before !== difference.after);
}

/** What changed between the accepted version and the published one; null when it is the same or there is no draft. */
export async function findChanges(
  tx: ScopedTransaction<"customer">,
  view: IntegrationView,
): Promise<Changes | null> {
  const draft = await findOpenDraft(tx, view.integrationId);
  const { specification } = view;
  if (!draft || draft.contentHash === specification.contentHash) return null;
  const accepted = await getAcceptedSpecification(tx, draft);
  const differences = compareContents(accepted.content, specification.content);
  // Details that no field above tells of, like a form's questions, still ask for a fresh acceptance.
  if (differences.length === 0 && canonicalJson(accepted.content) !== canonicalJson(specification.content)) {
    differences.push({ field: "partnerSteps", before: null, after: specification.content.name });
  }
  return {
    linkToken: view.linkToken,
    partnerName: view.partner.name,
    specificationId: specification.id,
    contentHash: specification.contentHash,
    termsVersion: specification.content.terms.version,
    differences,
  };
}
