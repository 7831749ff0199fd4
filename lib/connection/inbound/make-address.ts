import { eq } from "drizzle-orm";
import { inboundAddresses, integrations } from "@/db/schema";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/**
 * Makes the address that the vendor of an integration's application sends its calls to; the one before stops working. It is
 * shown once, since its hash alone is kept. Throws `not_found`, and `conflict` for a vendor whose calls nobody reads.
 */
export async function makeInboundAddress(context: WorkerContext, integration: string): Promise<URL> {
  return asSystem(context, "make inbound address", async (tx) => {
    const [row] = await tx
      .select({ vendorApplicationId: integrations.vendorApplicationId, connector: integrations.connector })
      .from(integrations)
      .where(eq(integrations.slug, integration));
    if (!row) throw new AppError("not_found", `there is no integration ${integration}`);
    const { manifest, readInbound } = getConnector(row.connector);
    if (readInbound === undefined)
      throw new AppError("conflict", `calls of ${manifest.name} are not taken here`);
    // 256 bits: whoever finds it was told.
    const address = randomToken();
    const values = { ...row, tokenHash: sha256(address) };
    await tx
      .insert(inboundAddresses)
      .values(values)
      .onConflictDoUpdate({
        target: inboundAddresses.vendorApplicationId,
        set: { tokenHash: values.tokenHash, createdAt: new Date() },
      });
    return new URL(`/api/vendors/${row.connector}/${address}`, context.publicUrl);
  });
}
