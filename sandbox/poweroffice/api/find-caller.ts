import type { Exchange } from "../../web/exchange";
import type { StandIn } from "../stand-in";
import { readBasic } from "./access-token";

/**
 * Whose call it is, so that a fault can be for one alone: the id of the client that its key or token is of, or the address
 * of the user whose consent is traded for keys. null for a call that names neither.
 */
export async function findCaller(
  { store }: StandIn,
  exchange: Exchange,
  path: string,
): Promise<string | null> {
  const { state } = store;
  if (path.toLowerCase() === "/onboarding/finalize") {
    const body = await exchange.readJson();
    const traded = Object.values(state.onboardingTokens).find(({ token }) => isTraded(body, token));
    return traded?.userEmail ?? null;
  }
  const { authorization = "" } = exchange.request.headers;
  const bearer = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "";
  const token = Object.hasOwn(state.accessTokens, bearer) ? state.accessTokens[bearer] : undefined;
  const clientKey = token?.clientKey ?? readBasic(authorization)[1];
  return state.integrations.find((one) => one.clientKey === clientKey)?.clientId ?? null;
}

function isTraded(body: unknown, token: string): boolean {
  return typeof body === "object" && body !== null && Object.values(body).includes(token);
}
