import type { Entity } from "@/lib/connectors/entity";
import type { RightDefinition } from "@/lib/connectors/manifest";

/** Whether rights of an accepted version, by path and level, suffice to write an entity. */
export function coversRights(
  catalogue: readonly RightDefinition[],
  { rights }: Pick<Entity, "rights">,
  accepted: readonly { path: string; level: string | null }[],
): boolean {
  return rights.every(({ path, level }) => {
    const definition = catalogue.find((right) => right.path === path);
    const asked = accepted.find((right) => right.path === path)?.level;
    return definition !== undefined && typeof asked === "string" && isEnough(definition, asked, level);
  });
}

/** Levels stand from least to most; of a limitation the lower one gives more. */
function isEnough({ levels, limits }: RightDefinition, asked: string, needed: string): boolean {
  const [has, needs] = [levels.indexOf(asked), levels.indexOf(needed)];
  return limits ? has <= needs : has >= needs;
}
