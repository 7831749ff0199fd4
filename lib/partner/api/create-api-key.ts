import { eq } from "drizzle-orm";
import { partners } from "@/db/schema";
import type { Stage } from "@/lib/connectors/context";
import { AppError } from "@/lib/core/app-error";
import { type ApiKeyScope, FORMER_SCOPES } from "@/lib/partner/organization/roles";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { issueApiKey } from "./issue-api-key";

export type NewApiKey = {
  /** The partner's slug. */
  partner: string;
  stage: Stage;
  name: string;
  /** The calls that there were before keys had scopes when left out. */
  scopes?: readonly ApiKeyScope[] | undefined;
  /** Until it is revoked when left out. */
  expiresAt?: Date | null | undefined;
};

/** As the operator, for a partner by its slug: gives the key, once. Throws `not_found` without the partner. */
export async function createApiKey(
  context: WorkerContext,
  { partner, stage, name, scopes = FORMER_SCOPES, expiresAt = null }: NewApiKey,
): Promise<string> {
  return asSystem(context, "create API key", async (tx) => {
    const [owner] = await tx.select({ id: partners.id }).from(partners).where(eq(partners.slug, partner));
    if (!owner) throw new AppError("not_found", `partner "${partner}"`);
    const { key } = await issueApiKey(
      tx,
      { kind: "system" },
      { partnerId: owner.id, stage, name, scopes: [...scopes], expiresAt },
    );
    return key;
  });
}
