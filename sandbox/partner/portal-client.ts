export type PartnerOptions = {
  /** 0 picks a free port. */
  port: number;
  stateDir?: string;
  portalUrl: string;
  /** Left out: the installation has no gateway, and the shop is closed. */
  gatewayUrl?: string;
  /** Key of the portal's partner interface. */
  partnerApiKey: string;
  /** Where the vendors' stand-ins are, for the index page. */
  procountorUrl?: string;
  powerofficeUrl?: string;
  superofficeUrl?: string;
};

export type PortalEnvironment = {
  environmentId: string;
  name: string;
  businessId: string | null;
  state: string | null;
};
export type PortalRequest = {
  id: string;
  integrationName: string;
  deadlineAt: string | null;
  environments: PortalEnvironment[];
};
export type PartnerDecision = { approve: string[]; reject: { environmentId: string; reason: string }[] };

/** status 0: the portal did not answer. */
export type PortalAnswer = { status: number; body: unknown };

/** The portal's partner interface, as a partner's own software calls it. */
export class PortalClient {
  constructor(private readonly options: Pick<PartnerOptions, "portalUrl" | "partnerApiKey">) {}

  /** Exchanges the single-use code of the page's address for the request. */
  redeem(code: string): Promise<PortalAnswer> {
    return this.call("POST", "/api/v1/handoffs/redeem", { code });
  }

  read(requestId: string): Promise<PortalAnswer> {
    return this.call("GET", requestPath(requestId));
  }

  decide(requestId: string, decision: PartnerDecision): Promise<PortalAnswer> {
    return this.call("PUT", requestPath(requestId), decision);
  }

  private async call(method: string, path: string, body?: object): Promise<PortalAnswer> {
    try {
      const response = await fetch(new URL(path, this.options.portalUrl), {
        method,
        headers: {
          authorization: `Bearer ${this.options.partnerApiKey}`,
          "content-type": "application/json",
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      });
      return { status: response.status, body: parse(await response.text()) };
    } catch {
      return { status: 0, body: null };
    }
  }
}

function requestPath(requestId: string): string {
  return `/api/v1/activation-requests/${encodeURIComponent(requestId)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
