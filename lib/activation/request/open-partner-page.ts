import { eq } from "drizzle-orm";
import { activationRequests, handoffCodes, specifications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { readContent } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { lockRequest } from "./lock-request";

/** A hand-off code lives this long and is redeemed once. */
const CODE_LASTS_MS = 10 * 60 * 1000;

/**
 * The URL of the partner's own page with a fresh single-use code and nothing else in it. May be opened again while the
 * request waits; each opening mints a new code. Throws `conflict` when the request no longer waits for the partner.
 */
export async function openPartnerPage(
  tx: RequestTransaction,
  viewer: Viewer,
  requestId: string,
): Promise<URL> {
  const request = await lockRequest(tx, requestId);
  const now = new Date();
  if (request.state !== "awaiting_partner" || request.deadlineAt <= now)
    throw new AppError("conflict", "the request no longer waits");
  const [row] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .where(eq(specifications.id, request.specificationId));
  const steps = row ? readContent(row.content).partnerSteps : null;
  if (steps?.kind !== "page") throw new AppError("conflict", "the specification has no page of its own");

  const code = randomToken();
  await tx.insert(handoffCodes).values({
    requestId,
    partnerId: request.partnerId,
    accountId: request.accountId,
    codeHash: sha256(code),
    expiresAt: new Date(now.getTime() + CODE_LASTS_MS),
  });
  await tx
    .update(activationRequests)
    .set({ partnerPageOpenedAt: request.partnerPageOpenedAt ?? now, updatedAt: now })
    .where(eq(activationRequests.id, requestId));
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: request.partnerId,
    action: "request.open_partner_page",
    subject: { kind: "activation_request", id: requestId },
  });
  const url = new URL(steps.url);
  url.searchParams.set("code", code);
  return url;
}
