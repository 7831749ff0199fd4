import { and, eq } from "drizzle-orm";
import { activations, candidates, connections, grants, integrations, offboardings } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { findSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type LoadedOffboarding = Awaited<ReturnType<typeof loadOffboarding>>;

/** The end of a connection with its key opened, for the worker. Throws `not_found` when it was never ended. */
export async function loadOffboarding(context: WorkerContext, connectionId: string) {
  return asSystem(context, "read offboarding", async (tx) => {
    const [row] = await tx
      .select({
        offboarding: offboardings,
        activation: activations,
        integration: integrations,
        existing: candidates.existing,
        keysFrom: grants.keysFrom,
        keySource: connections.keySource,
        environmentId: connections.environmentId,
      })
      .from(offboardings)
      .innerJoin(connections, eq(connections.id, offboardings.connectionId))
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .innerJoin(grants, eq(grants.id, activations.grantId))
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .leftJoin(
        candidates,
        and(eq(candidates.grantId, activations.grantId), eq(candidates.externalId, activations.externalId)),
      )
      .where(eq(offboardings.connectionId, connectionId));
    if (!row) throw new AppError("not_found", "offboarding");
    const secret = await findSecret(tx, context.keys, { kind: "connection", id: connectionId }, "api_key");
    return {
      ...row.offboarding,
      activationId: row.activation.id,
      environmentId: row.environmentId,
      integration: row.integration,
      /** The key was there before the activation, made by hand for the same integration, and the vendor gave it out again. */
      wasSetUpByHand: row.existing === "manual" && row.keysFrom !== "customer" && row.keySource === "issued",
      /** Made by the customer for this connection, and the customer's to remove. */
      isPasted: row.keySource === "pasted",
      secret: secret?.value ?? null,
    };
  });
}
