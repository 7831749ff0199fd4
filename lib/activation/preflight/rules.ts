import type { SettingValue, SettingValues } from "@/lib/activation/settings/schema";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import type { Finding, PreflightNeeds } from "@/lib/connectors/preflight";
import type { ForeseenStep } from "@/lib/connectors/preparation";
import type { PreflightState } from "./schema";

/** A check that has not come back after this long is not waited for. */
const WAITED_FOR_MS = 2 * 60 * 1000;

/** What an accepted specification needs in an environment, with what the customer chose. */
export function needsOf(content: ShownContent, settings: SettingValues): PreflightNeeds {
  const { products, customerNumbers, delivery } = content.requirements ?? {};
  const holds = (when: { setting: string; values: string[] } | null | undefined): boolean =>
    when ? when.values.includes(String(settings[when.setting])) : false;
  const areMadeByHand =
    products !== undefined && (products.madeByHand === null || holds(products.madeByHand));
  return {
    rights: content.technicalUser.rights,
    productCodes: products && areMadeByHand ? products.codes : null,
    customerNumbers: customerNumbers ? rangeOf(settings[customerNumbers.setting]) : null,
    deliversBy: Object.entries(delivery ?? {}).flatMap(([way, when]) => (holds(when) ? [way] : [])),
  };
}

function rangeOf(value: SettingValue | undefined): PreflightNeeds["customerNumbers"] {
  return typeof value === "object" ? value : null;
}

export type PreflightFacts = {
  askedAt: Date | null;
  checkedAt: Date | null;
  findings: Finding[] | null;
  foreseen: ForeseenStep[] | null;
};

/** What is known of an environment; null when nobody asked. */
export function stateOfPreflight(facts: PreflightFacts, now: Date): PreflightState | null {
  const { askedAt, checkedAt } = facts;
  const findings = facts.findings ?? [];
  if (askedAt === null) return null;
  if (checkedAt === null) return now.getTime() - askedAt.getTime() < WAITED_FOR_MS ? "waiting" : "unchecked";
  if (findings.some(({ isBlocking }) => isBlocking)) return "blocked";
  if (findings.some(({ code }) => code === "not_checked")) return "unchecked";
  const isStuck = facts.foreseen?.some(({ kind }) => kind === "cannot") ?? false;
  return findings.length > 0 || isStuck ? "warned" : "fine";
}
