import { and, eq } from "drizzle-orm";
import { grants } from "@/db/schema";
import { blameOf } from "@/lib/connectors/blame";
import { requestsAddress } from "@/lib/connectors/connector";
import type { ConsentAddress } from "@/lib/connectors/consent";
import { ConnectorError } from "@/lib/connectors/errors";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { grantMachine } from "@/lib/draft/rules";
import { createConnectorContext } from "@/lib/vendor/create-connector-context";
import { makeReturnUrl } from "@/lib/vendor/return-url";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { getGrantWithApplication } from "./get-grant-with-application";
import { keepLatestAnswer } from "./keep-vendor-answer";
import { endGrant } from "./refuse-grant";

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
  if (!requestsAddress(connector)) throw new AppError("misconfigured", "the vendor's address is a setting");
  const state = randomToken();
  const returnUrl = makeReturnUrl(context, vendor.application, loaded.slug);
  returnUrl.searchParams.set("state", state);
  let address: ConsentAddress;
  try {
    address = await keepLatestAnswer(context, loaded.grant, () =>
      connector.requestConsent(vendor, returnUrl),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.isRetriable) throw error;
    return endGrant(
      context,
      grantId,
      blameOf(error) === "application" ? "application_refused" : "unavailable",
    );
  }
  await keepAddress(context, grantId, state, address);
  return { state: "consenting" };
}

async function keepAddress(
  context: WorkerContext,
  grantId: string,
  state: string,
  { url, validUntil }: ConsentAddress,
): Promise<void> {
  await asSystem(context, "keep consent address", (tx) =>
    tx
      .update(grants)
      .set({
        state: grantMachine.advance("starting", "address"),
        stateHash: sha256(state),
        consentUrl: url.href,
        expiresAt: validUntil,
        updatedAt: new Date(),
      })
      .where(and(eq(grants.id, grantId), eq(grants.state, "starting"))),
  );
}
