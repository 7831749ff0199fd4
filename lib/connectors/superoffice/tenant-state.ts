import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { getLoginUrl } from "./base-url";
import { callVendor } from "./call-vendor";
import { stateAnswer } from "./schemas";

const OPERATION = "GET /api/state/{tenant}";
/** For a state that does not say until when it is valid. */
const ASSUMED_LIFETIME_MS = 15 * 60_000;

/** States that have no way back: nothing will bring this tenant back. */
const GONE = new Set(["Deleted", "Deleting", "DeleteFailed", "ProvisioningFailed"]);

export type TenantState = { isGone: boolean; isServed: boolean; api: string | null; validUntil: Date };

/** What the vendor says of a tenant. Read only; asks for no authentication. */
export async function readTenantState(context: ConnectorContext, tenant: string): Promise<TenantState> {
  return (await askForState(context, tenant)).state;
}

/**
 * Where the tenant's API is, and until when that is known. `disconnected` for a tenant that is gone, `unavailable` for one that is
 * suspended, under maintenance or being moved.
 */
export async function locateTenant(
  context: ConnectorContext,
  tenant: string,
): Promise<{ api: string; validUntil: Date }> {
  const { state, told } = await askForState(context, tenant);
  if (state.isGone) throw new ConnectorError("disconnected", told);
  if (!state.isServed) throw new ConnectorError("unavailable", told);
  if (state.api === null) throw new ConnectorError("unexpected", told);
  return { api: state.api, validUntil: state.validUntil };
}

/** The state, and the answer that told it, for an error about it. */
async function askForState(
  context: ConnectorContext,
  tenant: string,
): Promise<{ state: TenantState; told: VendorAnswer }> {
  const answer = await repeatRead(context, () =>
    callVendor(context, tenant, {
      operation: OPERATION,
      method: "GET",
      url: getLoginUrl(context.application, `/api/state/${encodeURIComponent(tenant)}`),
      secrets: [],
    }),
  );
  const { State, IsRunning, Api, ValidUntil } = parseAnswer(context, OPERATION, stateAnswer, answer);
  const messages = [`State: ${State.slice(0, 100)}`];
  return {
    told: { ...noAnswer(OPERATION, context.now()), status: 200, messages },
    state: {
      isGone: GONE.has(State),
      // The API answers while only the web client is under maintenance.
      isServed: IsRunning || State === "OnlineMaintenance",
      api: Api && isTrusted(context, Api) ? Api.replace(/\/+$/, "") : null,
      validUntil: readValidUntil(context, ValidUntil),
    },
  };
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
