import { invalid, optional, readRecord, readText } from "../../web/read-input";
import { accept, endWith, findDeadEnd, findOnboarding, listOffered } from "../onboardings";
import { findUser, type StandIn } from "../stand-in";

/**
 * `POST /sandbox/consents`: a walk through the dialog behind a temporary address, without the walk. `clientIds` left out
 * is all that the user may onboard and that are not blocked; `[]` is a cancellation.
 */
export function consent(standIn: StandIn, body: unknown): { callbackUrl: string } {
  const input = readRecord(body, "the body");
  const address = readText(input.temporaryUrl, "temporaryUrl");
  const onboarding = findOnboarding(standIn, new URL(address).searchParams.get("token") ?? "");
  if (!onboarding) throw invalid("the address has run out");
  const user = findUser(standIn, readText(input.email, "email"));
  if (!user) throw invalid("there is no such user");
  const deadEnd = findDeadEnd(standIn, onboarding, user);
  if (deadEnd) return { callbackUrl: endWith(standIn, onboarding, deadEnd) };
  const wanted = optional(input.clientIds, "clientIds", readIds);
  const picked = listOffered(standIn, onboarding, user).filter(
    ({ id, isBlocked }) => wanted?.includes(id) ?? !isBlocked,
  );
  if (picked.length === 0) return { callbackUrl: endWith(standIn, onboarding, "Canceled") };
  return { callbackUrl: accept(standIn, onboarding, user, picked) };
}

function readIds(value: unknown, name: string): string[] {
  if (!Array.isArray(value)) throw invalid(`${name} must be a list`);
  return value.map((id) => readText(id, name));
}
