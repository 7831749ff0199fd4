import type { EnvironmentOption, EnvironmentsView } from "@/lib/activation/draft/schema";
import { compactNumber, spellingsOf } from "@/lib/core/organization-number";

export type PickedIds = ReadonlySet<string>;

/** How many may be ticked now: the cap less what other requests are activating already. */
export function pickLimit({ cap, inFlight }: Pick<EnvironmentsView, "cap" | "inFlight">): number {
  return Math.max(0, cap - inFlight);
}

export function initialPick(options: readonly EnvironmentOption[]): PickedIds {
  const picked = options.filter((option) => option.isPicked && option.blocked === null);
  return new Set(picked.map((option) => option.candidateId));
}

export function keepPickable(picked: PickedIds, options: readonly EnvironmentOption[]): PickedIds {
  const pickable = options.filter((option) => option.blocked === null && picked.has(option.candidateId));
  return new Set(pickable.map((option) => option.candidateId));
}

export function setPicked(picked: PickedIds, ids: readonly string[], isPicked: boolean): PickedIds {
  const next = new Set(picked);
  for (const id of ids) {
    if (isPicked) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Ticks from the top of the list until the limit is reached; what is ticked stays. */
export function pickUpTo(picked: PickedIds, options: readonly EnvironmentOption[], limit: number): PickedIds {
  const next = new Set(picked);
  for (const option of options) {
    if (next.size >= limit) break;
    if (option.blocked === null) next.add(option.candidateId);
  }
  return next;
}

/** By a part of the name, the accounting office, the business id or the vendor's id. */
export function matchesSearch(option: EnvironmentOption, query: string): boolean {
  const words = query.trim().toLocaleLowerCase();
  if (words === "") return true;
  const texts = [option.name, option.accountingOffice, option.businessId, option.externalId];
  if (texts.some((text) => text?.toLocaleLowerCase().includes(words))) return true;
  const businessId = compactNumber(option.businessId ?? "");
  return spellingsOf(query).some((number) => /^\d{3,}$/.test(number) && businessId.includes(number));
}

/** Names that more than one environment has: those rows need more to be told apart. */
export function findSharedNames(options: readonly EnvironmentOption[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { name } of options) {
    if (name === null) continue;
    if (seen.has(name)) shared.add(name);
    seen.add(name);
  }
  return shared;
}

/** The ids between two rows, both included, that can be ticked: for a click with shift held. */
export function idsBetween(options: readonly EnvironmentOption[], fromId: string, toId: string): string[] {
  const from = options.findIndex((option) => option.candidateId === fromId);
  const to = options.findIndex((option) => option.candidateId === toId);
  if (from < 0 || to < 0) return [toId];
  const between = options.slice(Math.min(from, to), Math.max(from, to) + 1);
  return between.filter((option) => option.blocked === null).map((option) => option.candidateId);
}
