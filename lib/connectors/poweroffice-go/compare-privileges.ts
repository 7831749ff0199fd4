import type { RightsCheck } from "@/lib/connectors/connector";
import type { RightAsked } from "@/lib/connectors/manifest";
import { isEnough, toRights } from "./rights-catalogue";
import type { ClientInformation } from "./schemas";

/** What the integration may use on a client now, against what the specification asks. */
export function comparePrivileges(information: ClientInformation, asked: readonly RightAsked[]): RightsCheck {
  const held = toRights(information.ValidPrivileges, information.AllowSendInvoice);
  const levels = new Map(held.map(({ path, level }) => [path, level]));
  const wanted = new Map(asked.map(({ path, level }) => [path, level]));
  return {
    held,
    missing: asked
      .filter(({ path, level }) => !isEnough(level, levels.get(path)))
      .map(({ path, level }) => ({ path, asked: level, held: levels.get(path) ?? null })),
    surplus: held
      .filter(({ path, level }) => level !== "false" && !isEnough(level, wanted.get(path)))
      .map(({ path, level }) => ({ path, asked: wanted.get(path) ?? null, held: level })),
    // An integration is nobody's user in Go.
    boundToNaturalPerson: false,
  };
}

/** Asked privileges that the application has, but that this client's Go modules do not cover. */
export function findUncovered(information: ClientInformation, asked: readonly RightAsked[]): RightAsked[] {
  const invalid = new Map(
    toRights(information.InvalidPrivileges, null).map(({ path, level }) => [path, level]),
  );
  return asked.filter(({ path, level }) => isEnough(level, invalid.get(path)));
}
