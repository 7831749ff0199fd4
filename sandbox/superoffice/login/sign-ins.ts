import { randomBytes } from "node:crypto";
import type { SignIn, Tenant, User } from "../model";
import type { StandIn } from "../stand-in";

const makeId = (): string => randomBytes(24).toString("base64url");

/** What is wrong with an authorization request before anybody may be sent back with it. */
export class UnusableRequest extends Error {}

/**
 * Begins a sign-in. Throws `UnusableRequest` for an application or an address that is not registered; gives the address to
 * go back to for anything else that is wrong (RFC 6749, 4.1.2.1).
 */
export function beginSignIn(
  standIn: StandIn,
  query: URLSearchParams,
): { signIn: SignIn } | { backTo: string } {
  const { application, store } = standIn;
  const read = (name: string): string => query.get(name) ?? "";
  if (read("client_id") !== application.clientId) throw new UnusableRequest("The application is not known.");
  if (read("redirect_uri") !== application.redirectUri)
    throw new UnusableRequest("The redirect address is not registered for the application.");
  const problem = findProblem(query);
  if (problem) {
    const error = { error: "invalid_request", error_description: problem };
    return { backTo: returnTo(application.redirectUri, { state: read("state"), ...error }) };
  }
  const signIn: SignIn = {
    id: makeId(),
    redirectUri: read("redirect_uri"),
    state: read("state"),
    nonce: read("nonce"),
    codeChallenge: read("code_challenge"),
    tenantId: /^tenant:(\w+)$/.exec(read("acr_values"))?.[1] ?? null,
    loginHint: query.get("login_hint"),
    userEmail: null,
  };
  store.state.signIns[signIn.id] = signIn;
  store.save();
  return { signIn };
}

function findProblem(query: URLSearchParams): string | null {
  if (query.get("response_type") !== "code") return "response_type has to be code";
  if (query.get("scope") !== "openid") return "scope has to be openid";
  if (!query.get("state")) return "state is missing";
  if (!query.get("nonce")) return "nonce is missing";
  if (query.get("code_challenge_method") !== "S256") return "code_challenge_method has to be S256";
  if (!/^[\w-]{43}$/.test(query.get("code_challenge") ?? "")) return "code_challenge is no S256 challenge";
  return null;
}

export function findSignIn({ store }: StandIn, id: string): SignIn | null {
  const { signIns } = store.state;
  return (Object.hasOwn(signIns, id) && signIns[id]) || null;
}

/** Where a person stands after picking a tenant: through, asked to approve, or turned away. */
export function judge(user: User, tenant: Tenant): "signed_in" | "has_to_approve" | "no_access" {
  if (tenant.approval === "active") return "signed_in";
  return user.roles[tenant.id] === "administrator" ? "has_to_approve" : "no_access";
}

/** Ends the sign-in with a code: the address that the browser is sent to. */
export function endWithCode(standIn: StandIn, signIn: SignIn, user: User, tenant: Tenant): string {
  const { store, faults } = standIn;
  const code = makeId();
  const expiresAtMs = Date.now() + faults.codeLifetimeSeconds * 1000;
  const { id: tenantId } = tenant;
  store.state.codes[code] = { code, signIn, tenantId, userEmail: user.email, expiresAtMs, isUsed: false };
  delete store.state.signIns[signIn.id];
  store.save();
  return returnTo(signIn.redirectUri, { code, state: signIn.state });
}

export function endWithDenial({ store }: StandIn, signIn: SignIn): string {
  delete store.state.signIns[signIn.id];
  store.save();
  return returnTo(signIn.redirectUri, { error: "access_denied", state: signIn.state });
}

function returnTo(redirectUri: string, query: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
