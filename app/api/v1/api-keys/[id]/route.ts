import { handle } from "@/app/api/v1/respond";
import { revokePartnerKey } from "@/lib/partner/api/issue-api-key";
import { revokeKey } from "@/lib/partner/api/operations/webhooks";

export const DELETE = handle(revokeKey, async ({ tx, caller, id }) => {
  await revokePartnerKey(tx, caller, id);
  return undefined;
});
