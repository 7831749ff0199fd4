import { eq, sql } from "drizzle-orm";
import {
  activationRequests,
  activations,
  drafts,
  integrations,
  pastedKeys,
  specifications,
} from "@/db/schema";
import { readContent } from "@/lib/catalogue/integration/read-content";
import type { RightAsked } from "@/lib/connectors/manifest";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type LoadedKey = Awaited<ReturnType<typeof loadPastedKey>>;

/** A pasted key with what it is for: integration, vendor application and the rights that the customer accepted. */
export async function loadPastedKey(context: WorkerContext, pastedKeyId: string) {
  return asSystem(context, "read pasted key", async (tx) => {
    const [row] = await tx
      .select({
        pasted: pastedKeys,
        integrationId: integrations.id,
        connector: integrations.connector,
        stage: integrations.stage,
        vendorApplicationId: integrations.vendorApplicationId,
        content: specifications.content,
      })
      .from(pastedKeys)
      .leftJoin(drafts, eq(drafts.id, pastedKeys.draftId))
      .leftJoin(activations, eq(activations.id, pastedKeys.activationId))
      .leftJoin(activationRequests, eq(activationRequests.id, activations.requestId))
      .innerJoin(
        specifications,
        eq(
          specifications.id,
          sql`coalesce(${drafts.specificationId}, ${activationRequests.specificationId})`,
        ),
      )
      .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
      .where(eq(pastedKeys.id, pastedKeyId));
    if (!row) throw new AppError("not_found", "pasted key");
    const { content, ...loaded } = row;
    const asked: RightAsked[] = readContent(content).technicalUser.rights;
    return { ...loaded, asked };
  });
}
