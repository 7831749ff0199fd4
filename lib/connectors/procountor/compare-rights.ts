import type { RightsCheck } from "@/lib/connectors/connector";
import type { RightAsked, RightDefinition } from "@/lib/connectors/manifest";
import { M2M_LOGIN_ONLY, rightsCatalogue } from "./rights-catalogue";
import type { UserRightsAnswer } from "./schemas";

/** The role that the vendor gives the users it makes in an activation. */
const TECHNICAL_ROLE = "api technical user";

/** At and below this level a right that nobody asked for is no surplus. */
const HARMLESS_LEVEL = "NO_ACCESS";

const definitions = new Map(rightsCatalogue.map((definition) => [definition.path, definition]));

export function compareRights(answer: UserRightsAnswer, asked: readonly RightAsked[]): RightsCheck {
  const held = flattenRights(answer.rights);
  const askedLevels = new Map(asked.map(({ path, level }) => [path, level]));
  return {
    held: [...held].map(([path, level]) => ({ path, level })),
    missing: asked.flatMap(({ path, level }) => {
      const has = held.get(path) ?? null;
      return isEnough(path, level, has) ? [] : [{ path, asked: level, held: has }];
    }),
    surplus: [...held].flatMap(([path, level]) => {
      const wanted = askedLevels.get(path) ?? null;
      return isSurplus(path, wanted, level) ? [{ path, asked: wanted, held: level }] : [];
    }),
    boundToNaturalPerson: isBoundToNaturalPerson(answer.role, held),
  };
}

function flattenRights(groups: UserRightsAnswer["rights"]): Map<string, string> {
  const leaves = Object.entries(groups ?? {}).flatMap(([group, rights]) =>
    Object.entries(rights ?? {}).flatMap(([leaf, level]) =>
      level === null || level === undefined ? [] : [[`${group}.${leaf}`, String(level)] as const],
    ),
  );
  return new Map(leaves);
}

/** How much a level lets its holder do; undefined for a right or level that the vendor added after 26.04. */
function rank(definition: RightDefinition | undefined, level: string): number | undefined {
  const position = definition?.levels.indexOf(level) ?? -1;
  if (!definition || position < 0) return undefined;
  return definition.limits ? definition.levels.length - 1 - position : position;
}

function isEnough(path: string, asked: string, held: string | null): boolean {
  if (held === null) return false;
  const definition = definitions.get(path);
  const [want, have] = [rank(definition, asked), rank(definition, held)];
  return want === undefined || have === undefined ? asked === held : have >= want;
}

function isSurplus(path: string, asked: string | null, held: string): boolean {
  const definition = definitions.get(path);
  // Nobody asked for the limitation: its absence gives nothing away.
  if (asked === null && (definition?.limits || held === "true" || held === "false")) return false;
  const limit = rank(definition, asked ?? HARMLESS_LEVEL);
  const have = rank(definition, held);
  if (limit !== undefined && have !== undefined) return have > limit;
  return asked === null ? !["NOT_ENABLED", HARMLESS_LEVEL].includes(held) : asked !== held;
}

/** A manual set-up may give a technical user another role; then only M2M login shows that nobody logs in with it. */
function isBoundToNaturalPerson(role: string | null, held: Map<string, string>): boolean | null {
  if (role === null) return null;
  return role.toLowerCase() !== TECHNICAL_ROLE && held.get(M2M_LOGIN_ONLY) !== "true";
}
