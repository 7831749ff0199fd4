import type { Entities, Entity } from "@/lib/connectors/entity";
import type { RightDefinition } from "@/lib/connectors/manifest";

type Accepted = readonly { path: string; level: string | null }[];

/** The entities that the accepted rights suffice to write. */
export function pickCovered(
  { entities = {}, manifest }: { entities?: Entities; manifest: { rights: readonly RightDefinition[] } },
  accepted: Accepted,
): Entities {
  return Object.fromEntries(
    Object.entries(entities).filter(([, entity]) => coversRights(manifest.rights, entity, accepted)),
  );
}

/** Whether rights of an accepted version, by path and level, suffice to write an entity. */
export function coversRights(
  catalogue: readonly RightDefinition[],
  { rights }: Pick<Entity, "rights">,
  accepted: Accepted,
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
  if (has < 0) return false;
  return limits ? has <= needs : has >= needs;
}
