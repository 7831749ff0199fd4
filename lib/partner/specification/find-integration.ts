import { and, eq } from "drizzle-orm";
import { integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";

type Partner = ScopedTransaction<"partner">;
export type OwnIntegration = typeof integrations.$inferSelect;

/** The partner's own integration with this slug. Throws `not_found` for another's. */
export async function getOwnIntegration(
  tx: Partner,
  { partnerId }: { partnerId: string },
  slug: string,
): Promise<OwnIntegration> {
  const [own] = await tx
    .select()
    .from(integrations)
    .where(and(eq(integrations.slug, slug), eq(integrations.partnerId, partnerId)));
  if (!own) throw new AppError("not_found", "integration");
  return own;
}
