import { type Access, type Ownership, ofGatewayPartner, ofPartner, ofPartnerWho, system } from "./access";

const seesWebhooks = ofPartnerWho("webhooks.read", "webhooks.manage");
const managesWebhooks: Access = ofPartnerWho("webhooks.manage");

/** Events for the partner's software, and where they are sent. The worker alone opens secrets and writes attempts. */
export const webhooks: Ownership = {
  webhook_endpoints: {
    partner: {
      select: seesWebhooks,
      insert: managesWebhooks,
      update: {
        ...managesWebhooks,
        columns: [
          "url",
          "description",
          "event_types",
          "state",
          "disabled_because",
          "failing_since",
          "failing_id",
          "updated_at",
        ],
      },
      delete: managesWebhooks,
    },
    system,
  },
  webhook_secrets: {
    partner: {
      select: { ...seesWebhooks, columns: ["id", "endpoint_id", "partner_id", "expires_at", "created_at"] },
      insert: managesWebhooks,
      update: { ...managesWebhooks, columns: ["expires_at"] },
      delete: managesWebhooks,
    },
    system,
  },
  webhook_events: {
    partner: {
      select: ofPartnerWho("events.read", "webhooks.read", "webhooks.manage"),
      insert: {
        check: `${managesWebhooks.using} and type = 'endpoint.test' and subject_id in (select id from webhook_endpoints)`,
      },
    },
    system,
  },
  webhook_deliveries: {
    partner: {
      select: seesWebhooks,
      insert: managesWebhooks,
      update: { ...managesWebhooks, columns: ["state", "failures", "next_attempt_at"] },
    },
    system,
  },
  webhook_attempts: { partner: { select: seesWebhooks }, system },
  idempotency_keys: {
    partner: { select: ofPartner, insert: ofPartner, delete: ofPartner },
    gateway: { select: ofGatewayPartner, insert: ofGatewayPartner, delete: ofGatewayPartner },
    system,
  },
};
