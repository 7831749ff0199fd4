import { and, eq, gt, isNull } from "drizzle-orm";
import { handoffCodes } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { getPartnerRequest } from "./queries";
import type { ApiCaller, PartnerRequestView } from "./schema";

/**
 * Exchanges the single-use code of the partner's page for the request. Throws `not_found` for an unknown code, also
 * another partner's, and `gone` for an own one that was used or is over ten minutes old.
 */
export async function redeemHandoff(
  tx: ScopedTransaction<"partner">,
  caller: ApiCaller,
  code: string,
): Promise<PartnerRequestView & { connector: string }> {
  const isCode = eq(handoffCodes.codeHash, sha256(code));
  const [redeemed] = await tx
    .update(handoffCodes)
    .set({ redeemedAt: new Date() })
    .where(and(isCode, isNull(handoffCodes.redeemedAt), gt(handoffCodes.expiresAt, new Date())))
    .returning({ requestId: handoffCodes.requestId });
  if (!redeemed) {
    const [known] = await tx.select({ id: handoffCodes.id }).from(handoffCodes).where(isCode);
    throw known ? new AppError("gone", "the code was used or is too old") : new AppError("not_found", "code");
  }
  const request = await getPartnerRequest(tx, caller, redeemed.requestId);
  await writeAudit(tx, {
    actor: { kind: "api_key", keyId: caller.keyId },
    partnerId: caller.partnerId,
    action: "handoff.redeem",
    subject: { kind: "activation_request", id: request.id },
  });
  return request;
}
