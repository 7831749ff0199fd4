import { and, eq } from "drizzle-orm";
import { grants } from "@/db/schema";
import { blameOf } from "@/lib/connectors/blame";
import type { Connector } from "@/lib/connectors/connector";
import type { ConsentAddress } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { makeReturnUrl } from "@/lib/connectors/vendor/return-url";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256, sha256Base64Url } from "@/lib/core/hash";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { getGrantWithApplication } from "./get-grant-with-application";
import { recordLatestAnswer } from "./record-vendor-answer";
import { refuseGrant } from "./refuse-grant";
import { grantMachine } from "./rules";
import { type SealedAttempt, sealAttempt } from "./sign-in-attempt";

/**
 * Asks the vendor where to send the customer and leaves the address in the grant's row, for the page that waits. The
 * state is minted here, so that it is in the address alone; the row keeps its hash. Passing trouble is thrown.
 */
export async function requestAddress(context: WorkerContext, grantId: string): Promise<{ state: string }> {
  const loaded = await getGrantWithApplication(context, grantId);
  if (loaded.grant.state !== "starting") return { state: loaded.grant.state };
  const { connector, vendor } = await createConnectorContext(
    context,
    loaded.application.id,
    loaded.grant.accountId,
  );
  const state = randomToken();
  const returnUrl = makeReturnUrl(context, vendor.application, loaded.slug);
  let departure: Departure;
  try {
    departure = await recordLatestAnswer(context, loaded.grant, () =>
      prepareDeparture(connector, vendor, returnUrl, state),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.isRetriable) throw error;
    return refuseGrant(
      context,
      grantId,
      blameOf(error) === "application" ? "application_refused" : "unavailable",
    );
  }
  await keepDeparture(context, grantId, state, departure);
  return { state: "consenting" };
}

/** Where the browser goes, and for a sign-in what will prove that the code that comes back is for us (RFC 7636, 4). */
type Departure = ConsentAddress & { attempt: SealedAttempt | null };

async function prepareDeparture(
  { consent }: Connector,
  vendor: ConnectorContext,
  returnUrl: URL,
  state: string,
): Promise<Departure> {
  switch (consent.kind) {
    case "decision":
      throw new AppError("misconfigured", "the vendor's address is a setting");
    case "keys": {
      const stateful = new URL(returnUrl);
      stateful.searchParams.set("state", state);
      return { ...(await consent.requestAddress(vendor, stateful)), attempt: null };
    }
    case "authorize": {
      const attempt = { nonce: randomToken(), codeVerifier: randomToken() };
      const codeChallenge = sha256Base64Url(attempt.codeVerifier);
      return {
        ...consent.address(vendor, { returnUrl, state, nonce: attempt.nonce, codeChallenge }),
        attempt,
      };
    }
  }
}

/** The attempt is sealed with the grant: only the worker, which redeems the code, can read it. */
async function keepDeparture(
  context: WorkerContext,
  grantId: string,
  state: string,
  { url, validUntil, attempt }: Departure,
): Promise<void> {
  await asSystem(context, "keep consent address", async (tx) => {
    const kept = await tx
      .update(grants)
      .set({
        state: grantMachine.advance("starting", "address"),
        stateHash: sha256(state),
        consentUrl: url.href,
        expiresAt: validUntil,
        updatedAt: new Date(),
      })
      .where(and(eq(grants.id, grantId), eq(grants.state, "starting")))
      .returning({ id: grants.id });
    if (attempt !== null && kept.length > 0) await sealAttempt(tx, context, grantId, attempt);
  });
}
