import { handle } from "@/app/api/v1/respond";
import { getEvent } from "@/lib/partner/api/operations/webhooks";
import { getWebhookEvent } from "@/lib/partner/webhook/queries";

export const GET = handle(getEvent, async ({ tx, caller, id }) => ({
  event: await getWebhookEvent(tx, caller, id),
}));
