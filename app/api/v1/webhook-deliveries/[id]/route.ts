import { handle } from "@/app/api/v1/respond";
import { getDelivery } from "@/lib/partner/api/operations/webhooks";
import { getWebhookDelivery } from "@/lib/partner/webhook/queries";

export const GET = handle(getDelivery, async ({ tx, caller, id }) => ({
  delivery: await getWebhookDelivery(tx, caller, id),
}));
