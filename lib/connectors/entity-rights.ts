import type { Entities, Entity } from "./entity";
import type { ConnectorManifest, RightAsked, RightDefinition } from "./manifest";

/**
 * The entities whose writes stay within what was accepted. Where the vendor enforces rights it would refuse the others; where it
 * gives full access (`rightsEnforcedBy: "portal"`) this is the one fence, so that it stands before everything that is taken in
 * or sent.
 */
export function pickWithinRights(
  { entities = {}, manifest }: { entities?: Entities; manifest: Pick<ConnectorManifest, "rights"> },
  asked: readonly RightAsked[],
): Entities {
  return Object.fromEntries(
    Object.entries(entities).filter(([, entity]) => isWithinRights(manifest, entity, asked)),
  );
}

export function isWithinRights(
  { rights }: Pick<ConnectorManifest, "rights">,
  entity: Pick<Entity, "rights">,
  asked: readonly RightAsked[],
): boolean {
  return entity.rights.every(({ path, level }) => {
    const held = asked.find((right) => right.path === path)?.level;
    const definition = rights.find((right) => right.path === path);
    return held !== undefined && definition !== undefined && isEnough(definition, held, level);
  });
}

/** Levels stand from least to most; of a limitation the lower one gives more. */
function isEnough({ levels, limits }: RightDefinition, held: string, needed: string): boolean {
  const [has, needs] = [levels.indexOf(held), levels.indexOf(needed)];
  if (has < 0) return false;
  return limits ? has <= needs : has >= needs;
}
