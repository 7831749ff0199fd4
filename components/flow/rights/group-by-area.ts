export type AreaOfRights<Right> = { area: string; rights: Right[] };

/**
 * Rights by the first part of their path (`sales.customerRegister` → `sales`), in the order in which areas appear. Where a
 * vendor has no areas, all rights are in the one without a name.
 */
export function groupByArea<Right extends { path: string }>(rights: readonly Right[]): AreaOfRights<Right>[] {
  const groups = new Map<string, Right[]>();
  for (const right of rights) {
    const area = right.path.includes(".") ? (right.path.split(".", 1)[0] ?? "") : "";
    groups.set(area, [...(groups.get(area) ?? []), right]);
  }
  return [...groups].map(([area, grouped]) => ({ area, rights: grouped }));
}

/** `travelAndExpenses` → `Travel and expenses`: for an area that the catalogue has no words for. */
export function spellOut(identifier: string): string {
  const words = identifier
    .replaceAll("_", " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
