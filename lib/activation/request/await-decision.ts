import { eq } from "drizzle-orm";
import { activationRequests, partners, specifications } from "@/db/schema";
import { readContent } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { RequestState } from "./schema";

/**
 * Where a submitted request stands, and until when its decision is awaited. When the partner itself has something to
 * do, it is told by mail, once.
 */
export async function startAwaitingDecision(
  context: WorkerContext,
  requestId: string,
): Promise<{ state: RequestState; deadlineAt: string }> {
  return asSystem(context, "await decision", async (tx) => {
    const [row] = await tx
      .select({
        request: activationRequests,
        content: specifications.content,
        notifyEmail: partners.notifyEmail,
      })
      .from(activationRequests)
      .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
      .innerJoin(partners, eq(partners.id, activationRequests.partnerId))
      .where(eq(activationRequests.id, requestId));
    if (!row) throw new AppError("not_found", "activation request");
    const steps = readContent(row.content).partnerSteps;
    if (row.request.state === "awaiting_partner" && steps.kind === "page") {
      const mail = {
        kind: "request_awaits_partner",
        subjectId: requestId,
        partnerId: row.request.partnerId,
      } as const;
      await queueMail(tx, { ...mail, recipient: row.notifyEmail, locale: "en" });
    }
    return { state: row.request.state, deadlineAt: row.request.deadlineAt.toISOString() };
  });
}
