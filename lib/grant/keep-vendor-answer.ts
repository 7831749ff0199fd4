import { eq } from "drizzle-orm";
import { grants } from "@/db/schema";
import { ConnectorError } from "@/lib/connectors/errors";
import { asSystem, type WorkerContext } from "@/lib/worker-context";

/** Runs calls for a grant. Trouble that the vendor answers with is kept for the page that waits, and thrown on. */
export async function keepVendorAnswer<T>(
  context: WorkerContext,
  grantId: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConnectorError) {
      const { answer: vendorAnswer } = error;
      await asSystem(context, "keep vendor's answer", (tx) =>
        tx.update(grants).set({ vendorAnswer }).where(eq(grants.id, grantId)),
      );
    }
    throw error;
  }
}
