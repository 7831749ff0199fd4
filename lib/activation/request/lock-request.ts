import { eq } from "drizzle-orm";
import { activationRequests, activations } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";

type Locker = RequestTransaction | ScopedTransaction<"partner"> | ScopedTransaction<"system">;
export type LockedRequest = typeof activationRequests.$inferSelect & {
  activations: (typeof activations.$inferSelect)[];
};

/**
 * Takes the request's row lock. Cancel, decision, form and time-out all start here: the first to get it wins, and the
 * others then read the final state. Throws `not_found` for a request outside the scope.
 */
export async function lockRequest(tx: Locker, requestId: string): Promise<LockedRequest> {
  const [request] = await tx
    .select()
    .from(activationRequests)
    .where(eq(activationRequests.id, requestId))
    .for("update");
  if (!request) throw new AppError("not_found", "activation request");
  const rows = await tx
    .select()
    .from(activations)
    .where(eq(activations.requestId, requestId))
    .orderBy(activations.environmentName);
  return { ...request, activations: rows };
}
