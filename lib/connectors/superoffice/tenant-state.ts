import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { getLoginUrl } from "./base-url";
import { callVendor } from "./call-vendor";
import { stateAnswer } from "./schemas";

const OPERATION = "GET /api/state/{tenant}";
/** For a state that does not say until when it is valid. */
const ASSUMED_LIFETIME_MS = 15 * 60_000;

/** What has an end: nothing will bring this tenant back. */
const GONE = new Set(["Deleted", "Deleting", "DeleteFailed", "ProvisioningFailed"]);

export type TenantState = { api: string; validUntil: Date };

/**
 * Where the tenant's API is, and until when that is known. `disconnected` for a tenant that is gone, `unavailable` for one that is
 * suspended, under maintenance or being moved.
 */
export async function readTenantState(context: ConnectorContext, tenant: string): Promise<TenantState> {
  const answer = await repeatRead(context, () =>
    callVendor(context, tenant, {
      operation: OPERATION,
      method: "GET",
      url: getLoginUrl(context.application, `/api/state/${encodeURIComponent(tenant)}`),
      secrets: [],
    }),
  );
  const state = parseAnswer(context, OPERATION, stateAnswer, answer);
  const told = {
    ...noAnswer(OPERATION, context.now()),
    status: 200,
    messages: [`State: ${state.State.slice(0, 100)}`],
  };
  if (GONE.has(state.State)) throw new ConnectorError("disconnected", told);
  // The API answers while only the web client is under maintenance.
  if (!state.IsRunning && state.State !== "OnlineMaintenance") throw new ConnectorError("unavailable", told);
  if (!state.Api || !isTrusted(context, state.Api)) throw new ConnectorError("unexpected", told);
  return { api: state.Api.replace(/\/+$/, ""), validUntil: readValidUntil(context, state.ValidUntil) };
}

/** The ticket goes there: only to SuperOffice's own hosts over https, or to the stand-in that the application names. */
function isTrusted({ application }: ConnectorContext, api: string): boolean {
  if (!URL.canParse(api)) return false;
  const { protocol, hostname, origin, username } = new URL(api);
  if (application.apiBaseUrl) return origin === new URL(application.apiBaseUrl).origin;
  return protocol === "https:" && username === "" && /(^|\.)superoffice\.com$/.test(hostname);
}

function readValidUntil(context: ConnectorContext, text: string | null | undefined): Date {
  const at = Date.parse(text ?? "");
  return new Date(Number.isNaN(at) ? context.now().getTime() + ASSUMED_LIFETIME_MS : at);
}
