import { handle } from "@/app/api/v1/respond";
import { listDeliveriesOperation } from "@/lib/partner/api/operations/webhooks";
import { getWebhookEndpoint, listWebhookDeliveries } from "@/lib/partner/webhook/queries";

export const GET = handle(listDeliveriesOperation, async ({ tx, caller, id, query }) => {
  await getWebhookEndpoint(tx, caller, id);
  return listWebhookDeliveries(tx, id, query);
});
