import type { RequestTransaction } from "@/db/scope";
import { findPreflightView } from "@/lib/activation/preflight/queries";
import { chosenFor, listChosen } from "@/lib/activation/settings/rules";
import type { IntegrationView, ShownContent } from "@/lib/catalogue/integration/schema";
import type { RightDefinition } from "@/lib/connectors/manifest";
import { getConnector } from "@/lib/connectors/registry";
import { consentOf, listConsentsOfDraft } from "./consents";
import { type DraftRow, findSettledPick } from "./queries";
import type { RightView, TechnicalUserView } from "./schema";

/** Step 4 as its page shows it; null while nothing is picked, a pick was lost or its consent has lapsed meanwhile, or no consent is open. */
export async function findTechnicalUserView(
  tx: RequestTransaction,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<TechnicalUserView | null> {
  const { specification } = integration;
  const { content } = specification;
  const consent = consentOf(await listConsentsOfDraft(tx, draft.id), new Date());
  if (consent.state !== "open") return null;
  const pick = await findSettledPick(tx, draft, consent, content.cap);
  if (pick === null) return null;
  const { picked, options } = pick;
  const settings = chosenFor(content.settings, draft.settings);
  if (settings === null) return null;
  return {
    linkToken: integration.linkToken,
    integrationName: content.name,
    partnerName: integration.partner.name,
    connector: integration.connector,
    username: content.technicalUser.username,
    rights: listRights(content, integration.connector.id),
    languages: { rights: content.languages.technicalUser, settings: content.languages.settings },
    environments: picked.map((option) => ({
      name: option.name ?? option.externalId,
      businessId: option.businessId,
    })),
    isKeyPasted: consent.keysFrom === "customer",
    declinedCount: options.length - picked.length,
    price: content.price,
    // The accepted version: the published one may differ from it in other languages.
    specificationId: draft.specificationId,
    contentHash: draft.contentHash,
    settings: listChosen(content, settings),
    preflight: await findPreflightView(tx, picked),
    isWithPartnerSteps: content.partnerSteps.kind !== "none",
  };
}

/** The rights that a specification asks for, each with whether it changes anything. */
export function listRights(content: ShownContent, connectorId: string): RightView[] {
  const catalogue = getConnector(connectorId).manifest.rights;
  return content.technicalUser.rights.map((right) => toRightView(right, catalogue));
}

/** A right writes when it is asked at the highest of the vendor's levels. */
export function toRightView(
  right: ShownContent["technicalUser"]["rights"][number],
  catalogue: readonly RightDefinition[],
): RightView {
  const definition = catalogue.find((one) => one.path === right.path);
  return { ...right, isWrite: definition?.levels.at(-1) === right.level };
}
