import { eq } from "drizzle-orm";
import { connections } from "@/db/schema";
import type { HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { findSecret, storeSecret } from "@/lib/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { endHolding, type GrantedKey, type KeyGrantingVendor } from "./granted-keys";

/**
 * An environment with a live connection was consented to once more, and the vendor issued another key. Whether it ended
 * the old one by that is not documented, so the old one is tried: if it is dead, the connection takes the new one.
 */
export async function healConnection(
  context: WorkerContext,
  connectionId: string,
  { held, key }: { held: GrantedKey; key: HeldKey },
  keyVendor: KeyGrantingVendor,
): Promise<void> {
  const owner = { kind: "connection", id: connectionId } as const;
  const current = await asSystem(context, "open connection's key", (tx) =>
    findSecret(tx, context.keys, owner, "api_key"),
  );
  const isDead = current !== null && (await isDisconnected(keyVendor, connectionId, current.value));
  await asSystem(context, "keep granted key", async (tx) => {
    if (isDead) {
      // The row first: a check that ends now sees the new key, or has recorded what it found before.
      await tx.update(connections).set({ keySource: "issued" }).where(eq(connections.id, connectionId));
      await storeSecret(tx, context.keys, owner, { name: "api_key", value: key.secret });
    }
    await endHolding(tx, held, "keep");
  });
}

async function isDisconnected(
  { connector, vendor }: KeyGrantingVendor,
  connectionId: string,
  secret: string,
): Promise<boolean> {
  const subject = { kind: "connection", connectionId } as const;
  await vendor.tokens.drop(subject);
  try {
    await connector.describeKey(vendor, { subject, secret }, []);
    return false;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "disconnected") return true;
    throw error;
  }
}
