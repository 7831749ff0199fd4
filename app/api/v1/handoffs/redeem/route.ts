import { handle } from "@/app/api/v1/respond";
import { redeemHandoffCode } from "@/lib/partner/api/operations/requests";
import { redeemHandoff } from "@/lib/partner/api/redeem-handoff";

/** `{"code"}` → `{"activationRequest"}`; 401, 400, 404 (unknown), 410 (used or too old). */
export const POST = handle(redeemHandoffCode, async ({ tx, caller, body }) => {
  const { connector: _, ...activationRequest } = await redeemHandoff(tx, caller, body().code);
  return { activationRequest };
});
