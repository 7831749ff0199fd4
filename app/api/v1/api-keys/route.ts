import { handle } from "@/app/api/v1/respond";
import { listApiKeys } from "@/lib/partner/api/issue-api-key";
import { listKeys } from "@/lib/partner/api/operations/webhooks";

export const GET = handle(listKeys, async ({ tx, caller }) => ({ apiKeys: await listApiKeys(tx, caller) }));
