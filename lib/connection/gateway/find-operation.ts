import type { GatewayDoor, VendorOperation } from "@/lib/connectors/gateway-door";
import type { RightDefinition } from "@/lib/connectors/manifest";
import { CONNECTOR_IDS, type ConnectorId, getConnector } from "@/lib/connectors/registry";

/** Rights of which one suffices, each with the levels that do. */
export type Needs = { path: string; levels: string[] }[];
export type FoundOperation = { operation: VendorOperation; needs: Needs };

const segmentsOf = (path: string): string[] => path.slice(1).split("/");
const isVariable = (segment: string): boolean => segment.startsWith("{");

/** Whether the segments are those of a template; what varies has to look like an id. */
function matches(template: string, segments: readonly string[], door: Pick<GatewayDoor, "segment">): boolean {
  const wanted = segmentsOf(template);
  return (
    wanted.length === segments.length &&
    wanted.every((part, index) => {
      const given = segments[index] ?? "";
      return isVariable(part) ? door.segment.test(given) : part === given;
    })
  );
}

/** At this level or more; a limitation counts the other way round. */
function levelsFrom(definition: RightDefinition, level: string): string[] {
  const at = definition.levels.indexOf(level);
  if (at < 0) return [level];
  return definition.limits ? definition.levels.slice(0, at + 1) : definition.levels.slice(at);
}

/** The operation of a connector that method and path name; null where it is closed. HEAD is asked as GET. */
export function findOperation(
  connectorId: ConnectorId,
  method: string,
  segments: readonly string[],
): FoundOperation | null {
  const { gateway: door, manifest } = getConnector(connectorId);
  if (!door) return null;
  const asked = method === "HEAD" ? "GET" : method;
  const operation = door.operations.find((one) => one.method === asked && matches(one.path, segments, door));
  if (!operation) return null;
  const needs = operation.needs.flatMap(({ path, level }) => {
    const definition = manifest.rights.find((right) => right.path === path);
    return definition ? [{ path, levels: levelsFrom(definition, level) }] : [];
  });
  return { operation, needs };
}

/** For every connector at once: which one a connection has is known to the database alone. */
export function findOperations(
  method: string,
  segments: readonly string[],
): Partial<Record<ConnectorId, FoundOperation>> {
  return Object.fromEntries(
    CONNECTOR_IDS.flatMap((id) => {
      const found = findOperation(id, method, segments);
      return found ? [[id, found]] : [];
    }),
  );
}
