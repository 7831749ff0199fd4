import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { secondaryKeyOf, startPowerOfficeSandbox } from "@/sandbox";
import { turnSwitch } from "./sandbox-switch";
import { makeTokenSource } from "./token-source";

export const POWEROFFICE_SECRETS = {
  applicationKey: "5f0f6f7a-3c59-4d0e-9d7c-6d1c6ad2a001",
  subscriptionKey: "subscription-key-1",
};
/** The subscription's other key, which works beside the primary one. */
export const SECONDARY_SUBSCRIPTION_KEY = secondaryKeyOf(POWEROFFICE_SECRETS.subscriptionKey);
export const RETURN_URL = new URL("https://portal.example/connect/esimerkki-go-invoices/return");

type Options = Partial<Parameters<typeof startPowerOfficeSandbox>[0]>;
type LoggedCall = { method: string; path: string; status: number | null };
type Client = { id: string; name: string; organizationNumber: string };

/** PowerOffice Go's stand-in on a free port, with its switches as functions. */
export async function startTestSandbox(options: Options = {}) {
  const sandbox = await startPowerOfficeSandbox({
    port: 0,
    portalUrl: "https://portal.example",
    ...POWEROFFICE_SECRETS,
    requestsPerSecond: 1000,
    ...options,
  });
  const post = (path: string, body: object) => turnSwitch(sandbox.url, path, body);
  return {
    ...sandbox,
    /** A getter is lost in a copy. */
    getState: () => sandbox.state,
    setFaults: (faults: object) => post("faults", faults),
    reset: () => post("reset", {}),
    /** Somebody who can log in, with this many clients of its own. */
    addUser: (email: string, clients: number): Promise<{ email: string; clients: Client[] }> =>
      post("users", { email, clients }),
    /** The extension added to a client by hand; gives its client key. */
    addKey: async (clientId: string): Promise<string> => (await post("keys", { clientId })).clientKey,
    /** Walks through the dialog; gives where the browser is sent. */
    async consent(temporaryUrl: string, email: string, clientIds?: string[]): Promise<URL> {
      const { callbackUrl } = await post("consents", { temporaryUrl, email, clientIds });
      return new URL(callbackUrl);
    },
    async readStats(): Promise<{
      calls: LoggedCall[];
      clients: Record<string, { peakPerSecond: number; refused: number }>;
    }> {
      return (await fetch(`${sandbox.url}/sandbox/stats`)).json();
    },
    /** Clients on which the integration is active now. */
    listActive: (): string[] =>
      sandbox.state.integrations.filter(({ isActive }) => isActive).map(({ clientId }) => clientId),
  };
}
export type PowerOfficeTestSandbox = Awaited<ReturnType<typeof startTestSandbox>>;

/** A connector's context that talks to the stand-in at `url` for real, and everything it logged. */
export function makePowerOfficeContext(
  url: string,
  overrides: Partial<ConnectorContext> = {},
): ConnectorContext & { logged: string[] } {
  const logged: string[] = [];
  const note = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  return {
    application: { stage: "test", apiBaseUrl: `${url}/Demo`, clientId: "esimerkki-go-invoices" },
    secrets: POWEROFFICE_SECRETS,
    fetch,
    returnUrl: RETURN_URL,
    now: () => new Date(),
    log: { info: note, warn: note },
    limiter: { take: async () => () => {} },
    tokens: makeTokenSource(),
    retryDelaysMs: [],
    logged,
    ...overrides,
  };
}

export const keyOf = (secret: string, connectionId = secret): HeldKey => ({
  subject: { kind: "connection", connectionId },
  secret,
});
