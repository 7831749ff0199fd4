import type { RequestTransaction } from "@/db/scope";
import { chosenFor, rangeNames, readSettings, toGiven } from "@/lib/activation/settings/rules";
import type { IntegrationView, Setting } from "@/lib/catalogue/integration/schema";
import { findPrefilledSettings } from "@/lib/catalogue/link/queries";
import { consentOf, listConsentsOfDraft } from "./consents";
import { type DraftRow, findSettledPick } from "./queries";
import type { SettingsView } from "./schema";

/** The settings step as its page shows it; null while nothing is picked or the consent is not open. */
export async function findSettingsView(
  tx: RequestTransaction,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<SettingsView | null> {
  const { content } = integration.specification;
  const consent = consentOf(await listConsentsOfDraft(tx, draft.id), new Date());
  if (consent.state !== "open") return null;
  const pick = await findSettledPick(tx, draft, consent, content.cap);
  if (pick === null) return null;
  const { settings } = content;
  const chosen = chosenFor(settings, draft.settings);
  return {
    linkToken: integration.linkToken,
    integrationName: content.name,
    partnerName: integration.partner.name,
    connectorName: integration.connector.name,
    settings,
    language: content.languages.settings,
    given: chosen
      ? toGiven(chosen)
      : { ...defaultsOf(settings), ...fitting(settings, await findPrefilledSettings(tx)) },
    environmentCount: pick.picked.length,
  };
}

/** What the link fills in, as far as this version still asks for it. */
function fitting(settings: readonly Setting[], prefilled: Record<string, string>): Record<string, string> {
  const entries = settings.flatMap((setting) => {
    const names = setting.type === "number_range" ? Object.values(rangeNames(setting.name)) : [setting.name];
    const own = Object.entries(prefilled).filter(([name]) => names.includes(name));
    return own.length > 0 && readSettings([setting], Object.fromEntries(own)).ok ? own : [];
  });
  return Object.fromEntries(entries);
}

function defaultsOf(settings: readonly Setting[]): Record<string, string> {
  const entries = settings.flatMap((setting): [string, string][] => {
    if (setting.type === "choice" && setting.default !== null) return [[setting.name, setting.default]];
    return setting.type === "switch" && setting.default ? [[setting.name, "on"]] : [];
  });
  return Object.fromEntries(entries);
}
