import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { connections, gatewayTokens, integrations, sealedSecrets } from "@/db/schema";
import { fenceCalls } from "@/lib/connection/lifecycle/fence";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import type { ConnectorContext, TokenSubject } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { isAppError } from "@/lib/core/app-error";
import { ensureConnectionData } from "@/lib/platform/seal/connection-data";
import { findSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { sealAccess } from "./access-token";

const LEASE_SECONDS = 30;
/** Nobody asks any more, and nobody mints. */
const OVER = { askedAt: null, leasedUntil: null };

type Claimed = {
  version: number;
  refusedVersion: number | null;
  accountId: string;
  vendorApplicationId: string;
  secret: string;
};

/**
 * Mints what the gateway asked for: a token from the connection's own cache or the vendor, sealed with the connection's data key.
 * One worker at a time; does nothing when nobody asks, another worker mints, or the connection has ended.
 */
export async function mintToken(context: WorkerContext, connectionId: string): Promise<void> {
  const claimed = await claim(context, connectionId);
  if (!claimed) return;
  try {
    await mint(context, connectionId, claimed);
  } catch (error) {
    const isKnown = error instanceof ConnectorError || isAppError(error, "gone");
    if (!isKnown) context.log.error({ err: error, connectionId }, "a token for the gateway was not minted");
    await noteFailure(context, connectionId, error instanceof ConnectorError ? error.kind : "unexpected");
  }
}

async function claim(context: WorkerContext, connectionId: string): Promise<Claimed | null> {
  return asSystem(context, "mint a gateway token", async (tx) => {
    const isFree = or(
      isNull(gatewayTokens.leasedUntil),
      lt(gatewayTokens.leasedUntil, sql`clock_timestamp()`),
    );
    const [row] = await tx
      .update(gatewayTokens)
      .set({ leasedUntil: sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})` })
      .where(and(eq(gatewayTokens.connectionId, connectionId), isNotNull(gatewayTokens.askedAt), isFree))
      .returning({ version: gatewayTokens.version, refusedVersion: gatewayTokens.refusedVersion });
    if (!row) return null;
    const [found] = await tx
      .select({
        state: connections.state,
        accountId: connections.accountId,
        vendorApplicationId: integrations.vendorApplicationId,
      })
      .from(connections)
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .where(eq(connections.id, connectionId));
    const owner = { kind: "connection", id: connectionId } as const;
    const key = await findSecret(tx, context.keys, owner, "api_key");
    if (found && key && LIVE_STATES.some((live) => live === found.state))
      return { ...row, ...found, secret: key.value };
    const failed = { ...OVER, failure: "disconnected", failedAt: sql`clock_timestamp()` };
    await tx.update(gatewayTokens).set(failed).where(eq(gatewayTokens.connectionId, connectionId));
    return null;
  });
}

async function mint(context: WorkerContext, connectionId: string, claimed: Claimed): Promise<void> {
  const { accountId, vendorApplicationId, version, refusedVersion, secret } = claimed;
  const reached = await createConnectorContext(context, vendorApplicationId, accountId);
  const { connector } = reached;
  const vendor = fenceCalls(context, reached.vendor, { connectionId, work: "call" });
  const subject: TokenSubject = { kind: "connection", connectionId };
  // The vendor no longer takes what is in the cache, whatever its end.
  if (refusedVersion !== null && refusedVersion >= version) await vendor.tokens.drop(subject);
  const access = await openDoor(connector.gateway, vendor, { subject, secret });
  await asSystem(context, "seal a gateway token", async (tx) => {
    const data = await ensureConnectionData(tx, context.keys, connectionId);
    const [cached] = await tx
      .select({ expiresAt: sealedSecrets.expiresAt })
      .from(sealedSecrets)
      .where(
        and(
          eq(sealedSecrets.ownerKind, "connection"),
          eq(sealedSecrets.ownerId, connectionId),
          eq(sealedSecrets.name, "access_token"),
        ),
      );
    const next = version + 1;
    await tx
      .update(gatewayTokens)
      .set({
        version: next,
        sealed: sealAccess(data, next, access),
        expiresAt: cached?.expiresAt ?? new Date(),
        mintedAt: sql`clock_timestamp()`,
        ...OVER,
        failure: null,
        failedAt: null,
      })
      .where(and(eq(gatewayTokens.connectionId, connectionId), eq(gatewayTokens.version, version)));
  });
}

function openDoor(
  door: Awaited<ReturnType<typeof createConnectorContext>>["connector"]["gateway"],
  vendor: ConnectorContext,
  key: { subject: TokenSubject; secret: string },
): Promise<Record<string, string>> {
  if (door) return door.openAccess(vendor, key);
  throw new Error("the connector has no door for the gateway");
}

async function noteFailure(context: WorkerContext, connectionId: string, failure: string): Promise<void> {
  await asSystem(context, "note that a gateway token failed", (tx) =>
    tx
      .update(gatewayTokens)
      .set({ ...OVER, failure, failedAt: sql`clock_timestamp()` })
      .where(eq(gatewayTokens.connectionId, connectionId)),
  );
}
