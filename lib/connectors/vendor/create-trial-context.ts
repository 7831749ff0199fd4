import type { Connector } from "@/lib/connectors/connector";
import type { ConnectorContext, TokenSource, VendorApplication } from "@/lib/connectors/context";
import { createVendorLimiter } from "@/lib/connectors/limiter/create-limiter";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { makeReturnUrl } from "./return-url";

/** A person watches a trial: a vendor that is away for longer is told as such. */
const REPEATS = 2;

/** Tokens of values that may never be used: they live as long as the trial and are kept nowhere. */
function createPassingTokens(): TokenSource {
  const tokens = new Map<string, string>();
  return {
    async get(subject, refresh) {
      const known = tokens.get(subject.kind);
      if (known !== undefined) return known;
      const { token } = await refresh();
      tokens.set(subject.kind, token);
      return token;
    },
    async drop(subject) {
      tokens.delete(subject.kind);
    },
  };
}

/**
 * What a connector needs to prove a vendor application with values that are not in use yet. Unlike
 * `createConnectorContext` it caches no token and opens no task of the operator's.
 */
export function createTrialContext(
  context: WorkerContext,
  connector: Connector,
  trial: {
    application: VendorApplication;
    secrets: Readonly<Record<string, string>>;
    limiterKey: string;
    /** An integration that uses the application. */
    slug: string | null;
  },
): ConnectorContext {
  const { application, secrets, limiterKey, slug } = trial;
  const { manifest } = connector;
  return {
    application,
    secrets: { ...secrets },
    fetch,
    returnUrl: slug === null ? null : makeReturnUrl(context, application, slug),
    now: () => new Date(),
    log: context.log.child({ connector: manifest.id }),
    limiter: createVendorLimiter(
      context,
      { limiterKey, limits: context.vendorLimits ?? manifest.limits },
      limiterKey,
    ),
    tokens: createPassingTokens(),
    retryDelaysMs: context.vendorRetryDelaysMs.slice(0, REPEATS),
  };
}
