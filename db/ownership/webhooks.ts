import { type Ownership, ofPartner, system } from "./access";

/** Events for the partner's software, and where they are sent. The worker alone opens secrets and writes attempts. */
export const webhooks: Ownership = {
  webhook_endpoints: {
    partner: {
      select: ofPartner,
      insert: ofPartner,
      update: {
        ...ofPartner,
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
      delete: ofPartner,
    },
    system,
  },
  webhook_secrets: {
    partner: {
      select: { ...ofPartner, columns: ["id", "endpoint_id", "partner_id", "expires_at", "created_at"] },
      insert: ofPartner,
      update: { ...ofPartner, columns: ["expires_at"] },
      delete: ofPartner,
    },
    system,
  },
  webhook_events: {
    partner: {
      select: ofPartner,
      insert: {
        check: `${ofPartner.using} and type = 'endpoint.test' and subject_id in (select id from webhook_endpoints)`,
      },
    },
    system,
  },
  webhook_deliveries: {
    partner: {
      select: ofPartner,
      insert: ofPartner,
      update: { ...ofPartner, columns: ["state", "failures", "next_attempt_at"] },
    },
    system,
  },
  webhook_attempts: { partner: { select: ofPartner }, system },
  idempotency_keys: { partner: { select: ofPartner, insert: ofPartner, delete: ofPartner }, system },
};
