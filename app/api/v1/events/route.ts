import { handle } from "@/app/api/v1/respond";
import { listEvents } from "@/lib/partner/api/operations/webhooks";
import { listWebhookEvents } from "@/lib/partner/webhook/queries";

export const GET = handle(listEvents, ({ tx, caller, query }) => listWebhookEvents(tx, caller, query));
