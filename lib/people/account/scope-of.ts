import type { Scope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "./schema";

type Actor = Pick<Viewer, "accountId" | "userId" | "guestOf">;
type RequestScope = Extract<Scope, { kind: "customer" | "guest" }>;

/** The scope of a member in the viewer's account. Throws `not_found` for a guest, who has nothing there. */
export function memberScope(
  { accountId, userId, guestOf }: Actor,
  linkToken?: string,
): Extract<Scope, { kind: "customer" }> {
  if (guestOf !== undefined) throw new AppError("not_found", "a guest is no member");
  return { kind: "customer", accountId, userId, linkHash: linkToken && sha256(linkToken) };
}

/** The scope that a request is worked on in: the member's, or for a guest that of the one draft; `linkToken` also opens what that link leads to. */
export function requestScope(actor: Actor, linkToken?: string): RequestScope {
  const { guestOf: draftId, userId } = actor;
  if (draftId === undefined) return memberScope(actor, linkToken);
  return { kind: "guest", draftId, userId, linkHash: linkToken && sha256(linkToken) };
}
