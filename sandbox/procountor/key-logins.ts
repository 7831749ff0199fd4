import { randomBytes } from "node:crypto";
import type { Integration, Persona } from "./model";
import type { StandIn } from "./stand-in";
import { addTechnicalUser } from "./state";

const CODE_LIFETIME_MS = 10 * 60_000;

/** A login page that asks for a key: whose client it is for, and where the browser goes afterwards. */
export type KeyLogin = { integration: Integration; redirectUri: string; state: string };

/** null for a client that is not known, and for a return address that is not registered for it. */
export function findKeyLogin(standIn: StandIn, query: URLSearchParams): KeyLogin | null {
  const integration = standIn.integrations.find(({ clientId }) => clientId === query.get("client_id"));
  const redirectUri = query.get("redirect_uri");
  if (!integration || redirectUri !== integration.callbackUrl || query.get("response_type") !== "code")
    return null;
  return { integration, redirectUri, state: query.get("state") ?? "" };
}

/** Who logs in to a company: a user made for the integration by hand, or the person itself. */
export type KeyUser = { persona: Persona; companyId: number; isTechnical: boolean };

/** The person logged in: a code that can be traded for the key once. */
export function makeCode(standIn: StandIn, { integration, redirectUri }: KeyLogin, user: KeyUser): string {
  const code = randomBytes(18).toString("base64url");
  standIn.store.state.loginCodes[code] = {
    clientId: integration.clientId,
    redirectUri,
    companyId: user.companyId,
    role: user.isTechnical ? "API technical user" : "Customised",
    expiresAtMs: Date.now() + CODE_LIFETIME_MS,
  };
  standIn.store.save();
  return code;
}

/** The key of the user who logged in; null for a code that is not known, was traded, or is too old. */
export function takeCode(
  standIn: StandIn,
  integration: Integration,
  code: string,
  redirectUri: string,
): string | null {
  const { state } = standIn.store;
  const login = state.loginCodes[code];
  delete state.loginCodes[code];
  const isGood =
    login?.clientId === integration.clientId &&
    login.redirectUri === redirectUri &&
    login.expiresAtMs > Date.now();
  const key = isGood ? makeKey(standIn, integration, login.companyId, login.role) : null;
  standIn.store.save();
  return key;
}

function makeKey(standIn: StandIn, integration: Integration, companyId: number, role: string): string {
  const isTechnical = role === "API technical user";
  const rights = isTechnical
    ? undefined
    : { ...integration.technicalUser.rights, "user.blockSoloLoginToProcountor": "false" };
  return addTechnicalUser(standIn.store.state, integration, companyId, { isManaged: false, role, rights })
    .apiKey;
}
