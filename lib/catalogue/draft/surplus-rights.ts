import type { Connector } from "@/lib/connectors/connector";
import type { RightAsked, RightDefinition } from "@/lib/connectors/manifest";
import type { AccessKind } from "../integration/schema";

/** What a connector lets an integration do, as far as it says which rights that needs. */
export type RightsNeeded = Record<AccessKind, readonly RightAsked[]>;

/** Of each kind of access the rights that something of it needs. */
export function listRightsNeeded({
  entities = {},
  gateway,
}: Pick<Connector, "entities" | "gateway">): RightsNeeded {
  const operations = gateway?.operations ?? [];
  const written = Object.values(entities).flatMap(({ rights }) => rights);
  return {
    gateway: operations.flatMap(({ needs }) => needs),
    records: operations.filter(({ method }) => method === "GET").flatMap(({ needs }) => needs),
    deliveries: written,
    files: written,
  };
}

export type SurplusRight = { index: number; what: "right" | "level" };

/**
 * Rights that nothing of the chosen access needs, and levels above all that does. Nothing is said of an integration that
 * accesses nothing here: what it does with its rights is not known.
 */
export function findSurplusRights(
  { access, rights }: { access: readonly AccessKind[]; rights: readonly RightAsked[] },
  catalogue: readonly RightDefinition[],
  needed: RightsNeeded,
): SurplusRight[] {
  const needs = access.flatMap((kind) => needed[kind]);
  if (needs.length === 0) return [];
  return rights.flatMap(({ path, level }, index): SurplusRight[] => {
    const definition = catalogue.find((right) => right.path === path);
    // Of a limitation more is less.
    if (!definition || definition.limits) return [];
    const levels = needs
      .filter((need) => need.path === path)
      .map((need) => definition.levels.indexOf(need.level));
    if (levels.length === 0) return [{ index, what: "right" }];
    return definition.levels.indexOf(level) > Math.max(...levels) ? [{ index, what: "level" }] : [];
  });
}
