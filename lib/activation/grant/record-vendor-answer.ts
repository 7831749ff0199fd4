import { eq } from "drizzle-orm";
import { grants } from "@/db/schema";
import { ConnectorError } from "@/lib/connectors/errors";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

type Grant = Pick<typeof grants.$inferSelect, "id" | "vendorAnswer">;

const keep = (context: WorkerContext, grantId: string, vendorAnswer: VendorAnswer | null) =>
  asSystem(context, "keep vendor's answer", (tx) =>
    tx.update(grants).set({ vendorAnswer }).where(eq(grants.id, grantId)),
  );

/** Runs calls for a grant. Trouble that the vendor answers with is kept for the page that waits, and thrown on. */
export async function recordVendorAnswer<T>(
  context: WorkerContext,
  grant: Grant,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConnectorError) await keep(context, grant.id, error.answer);
    throw error;
  }
}

/** The same for calls that may be repeated: what an earlier try left is forgotten once they went well. */
export async function recordLatestAnswer<T>(
  context: WorkerContext,
  grant: Grant,
  call: () => Promise<T>,
): Promise<T> {
  const result = await recordVendorAnswer(context, grant, call);
  if (grant.vendorAnswer !== null) await keep(context, grant.id, null);
  return result;
}
