import {
  type Access,
  newOfGateway,
  type Ownership,
  ofAccount,
  ofGateway,
  ofPartnerWho,
  system,
} from "./access";

const seesWork: Access = ofPartnerWho("connections.read");

/** All but what is sealed: bodies, keys and the vendor's words are opened by the worker and the gateway alone. */
const ROW_METADATA = [
  "id",
  "delivery_id",
  "connection_id",
  "partner_id",
  "account_id",
  "entity",
  "position",
  "state",
  "delivery_number",
  "cause",
  "field",
  "vendor_code",
  "was_created",
  "replaces_row_id",
  "recovered_at",
  "tries",
  "look_ups",
  "next_at",
  "sent_at",
  "state_since",
  "created_at",
];

const SET_METADATA = [
  "id",
  "delivery_id",
  "connection_id",
  "partner_id",
  "account_id",
  "superseded",
  "count",
];

/** What is on its way to the vendor. Predicates compare columns of the row itself, since these tables grow. */
export const work: Ownership = {
  deliveries: {
    customer: { select: ofAccount },
    partner: { select: seesWork },
    gateway: {
      select: ofGateway,
      insert: { check: `${newOfGateway.check} and door = 'api'` },
      update: { ...ofGateway, columns: ["state", "number", "row_count", "closed_at", "settled_at"] },
    },
    system,
  },
  delivery_rows: {
    customer: { select: { ...ofAccount, columns: ROW_METADATA } },
    partner: { select: { ...seesWork, columns: ROW_METADATA } },
    gateway: {
      select: ofGateway,
      insert: newOfGateway,
      update: {
        ...ofGateway,
        columns: ["state", "cause", "state_since", "sealed_body", "next_at", "delivery_number"],
      },
    },
    system,
  },
  unchanged_sets: {
    customer: { select: { ...ofAccount, columns: SET_METADATA } },
    partner: { select: { ...seesWork, columns: SET_METADATA } },
    gateway: { select: ofGateway },
    system,
  },
  outcome_events: {
    customer: { select: ofAccount },
    partner: { select: seesWork },
    gateway: { select: ofGateway, insert: newOfGateway },
    system,
  },
  outcome_feeds: {
    customer: { select: ofAccount },
    partner: { select: seesWork },
    gateway: {
      select: ofGateway,
      insert: newOfGateway,
      update: { ...ofGateway, columns: ["last_number", "last_delivery"] },
    },
    system,
  },
  delivery_queues: {
    customer: { select: ofAccount, update: { ...ofAccount, columns: ["due_at"] } },
    partner: { select: seesWork },
    gateway: {
      select: ofGateway,
      insert: newOfGateway,
      update: { ...ofGateway, columns: ["due_at"] },
    },
    system,
  },
  written_records: {
    gateway: { select: { ...ofGateway, columns: ["connection_id", "key_hash", "content_hash"] } },
    system,
  },
  comparisons: { customer: { select: ofAccount }, partner: { select: seesWork }, system },
  connection_counters: {
    customer: { select: ofAccount },
    partner: { select: seesWork },
    gateway: { select: ofGateway, insert: newOfGateway, update: { ...ofGateway, columns: ["count"] } },
    system,
  },
  entity_settings: {
    customer: {
      select: ofAccount,
      insert: ofAccount,
      update: { ...ofAccount, columns: ["settings", "changed_at"] },
    },
    partner: { select: seesWork },
    gateway: { select: ofGateway },
    system,
  },
  row_verdicts: {
    customer: {
      select: {
        ...ofAccount,
        columns: ["id", "row_id", "connection_id", "account_id", "verdict", "created_at"],
      },
      insert: { check: "account_id = kytkin.account_id() and decided_by = kytkin.user_id()" },
    },
    system,
  },
  // A ticket is used by `kytkin.use_body_view` alone.
  body_views: {
    customer: {
      insert: {
        check: "account_id = kytkin.account_id() and asked_by = kytkin.user_id() and used_at is null",
      },
    },
    system,
  },
  imports: {
    customer: {
      select: ofAccount,
      insert: {
        check: "account_id = kytkin.account_id() and sent_by = kytkin.user_id() and state = 'waiting'",
      },
    },
    system,
  },
  // The web writes what it cannot read again.
  import_chunks: { customer: { insert: { check: "account_id = kytkin.account_id()" } }, system },
};
