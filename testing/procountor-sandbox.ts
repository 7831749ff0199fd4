import type { ConnectorContext } from "@/lib/connectors/context";
import { startProcountorSandbox } from "@/sandbox";
import { turnSwitch } from "./sandbox-switch";
import { makeTokenSource } from "./token-source";

export const PROCOUNTOR_SECRETS = { clientSecret: "orders-client-secret-1", m2mApiKey: "integrator-key-1" };
export const OTHER_INTEGRATOR_KEY = "other-integrator-key-1";

type Options = Partial<Parameters<typeof startProcountorSandbox>[0]>;
type LoggedCall = { method: string; path: string; status: number | null };

/** Procountor's stand-in on a free port, with its switches as functions. */
export async function startTestSandbox(options: Options = {}) {
  const sandbox = await startProcountorSandbox({
    port: 0,
    portalUrl: "http://localhost:4300",
    otherM2mApiKey: OTHER_INTEGRATOR_KEY,
    ...PROCOUNTOR_SECRETS,
    // Callers that keep to the vendor's 60 a second exactly are refused as soon as two clocks disagree; tests of limits give their own.
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
    addRequest: (input: object): Promise<{ requestId: number; callbackUrl: string }> =>
      post("requests", { vendorIntegrationId: "esimerkki-orders", ...input }),
    /** A user made by hand in a company, with a key for the integration; gives the key. */
    async addKey(input: object): Promise<string> {
      return (await post("keys", { vendorIntegrationId: "esimerkki-orders", ...input })).apiKey;
    },
    /** Somebody who can log in, with this many companies of its own. */
    addPersona: (email: string, companies: number): Promise<{ companies: { id: number }[] }> =>
      post("personas", { email, companies }),
    /** Logs in at the address that asks for a key, as a browser does; gives where it is sent back to. */
    async logInForKey(
      address: URL,
      input: { companyId: number; user?: "person"; persona?: string },
    ): Promise<URL> {
      const body = new URLSearchParams({
        persona: input.persona ?? "accountant@example.com",
        company: String(input.companyId),
        user: input.user ?? "technical",
      });
      const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
      return new URL(answer.headers.get("location") ?? "about:blank");
    },
    async listCalls(): Promise<LoggedCall[]> {
      const response = await fetch(`${sandbox.url}/sandbox/stats`);
      return (await response.json()).calls;
    },
  };
}

/** A connector's context that talks to `apiBaseUrl` for real, and everything it logged. */
export function makeProcountorContext(
  apiBaseUrl: string,
  overrides: Partial<ConnectorContext> = {},
): ConnectorContext & { logged: string[] } {
  const logged: string[] = [];
  const note = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  return {
    application: {
      stage: "test",
      apiBaseUrl,
      apiVersion: "latest",
      clientId: "esimerkki-orders",
      vendorIntegrationId: "esimerkki-orders",
      activationUrl: `${apiBaseUrl}/ui/activate/esimerkki-orders`,
      callbackParameter: "requestId",
      redirectUri: "http://localhost:4300/connect/esimerkki-orders/return",
    },
    secrets: PROCOUNTOR_SECRETS,
    fetch,
    returnUrl: null,
    now: () => new Date(),
    log: { info: note, warn: note },
    limiter: { take: async () => () => {} },
    tokens: makeTokenSource(),
    retryDelaysMs: [],
    logged,
    ...overrides,
  };
}
