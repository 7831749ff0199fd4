import {
  type Access,
  everything,
  GATEWAY_CONNECTION,
  ifOperator,
  type Ownership,
  ofAccount,
  ofPartner,
  ofPartnerWho,
  PARTNER_ID,
  system,
} from "./access";

const auditOfPerson: Access = {
  check: `actor_kind = 'user' and actor_id = kytkin.user_id()::text
    and (account_id is null or account_id = kytkin.account_id())`,
};
const auditOfGuest: Access = {
  check: `actor_kind = 'user' and actor_id = kytkin.user_id()::text
    and (account_id is null or account_id = (select kytkin.request_account()))
    and (partner_id is null or partner_id in (select partner_id from drafts))`,
};
/** What a partner does may concern a customer, if it is one of its own. */
const auditOfPartner: Access = {
  check: `partner_id = ${PARTNER_ID} and (account_id is null
    or exists (select from activation_requests r where r.account_id = audit_log.account_id))`,
};
/** An operator acts on no tenant's behalf: what it does names the row, never whose it is. */
const auditOfOperator: Access = {
  check:
    "(select kytkin.is_operator()) and actor_kind = 'user' and actor_id = kytkin.user_id()::text and account_id is null and partner_id is null",
};

/** What the product keeps for itself: secrets, calls, mails, records. */
export const records: Ownership = {
  // The intake unwraps what is for its own ring, and nothing of another connection's; so does the gateway for what is delivered.
  data_keys: {
    intake: {
      select: {
        using:
          "owner_kind = 'intake_host' or (owner_kind = 'connection_intake' and owner_id = (select kytkin.connection_id()))",
      },
    },
    gateway: {
      select: { using: `owner_kind = 'connection_data' and owner_id = ${GATEWAY_CONNECTION}` },
      insert: { check: `owner_kind = 'connection_data' and owner_id = ${GATEWAY_CONNECTION}` },
    },
    system,
  },
  sealed_secrets: { intake: { select: { using: "owner_kind = 'intake_host'" } }, system },
  token_leases: { system },
  // Shared by every process that calls vendors.
  vendor_limits: { gateway: system, system },
  vendor_limit_places: { gateway: system, system },
  vendor_limit_waiters: { gateway: system, system },
  vendor_calls: { system },
  // Calls of vendors come through functions of the database: the web process sees none that it took.
  inbound_addresses: { system },
  inbound_calls: { system },
  inbound_notices: { system },
  outbox_events: {
    customer: { insert: everything },
    guest: { insert: { check: "(select kytkin.guest_draft()) is not null" } },
    partner: { insert: everything },
    operator: { insert: ifOperator },
    gateway: { insert: { check: "name = 'delivery/rows.waiting'" } },
    intake: { insert: { check: "name = 'intake/upload.closed'" } },
    system,
  },
  outbox_mails: {
    customer: {
      select: { ...ofAccount, columns: ["id", "kind", "subject_id", "account_id", "state", "sent_at"] },
      insert: {
        check: `account_id = kytkin.account_id()
          and kind in ('invitation', 'email_change', 'email_changed', 'partner_application_received')`,
      },
    },
    partner: {
      select: {
        ...ofPartner,
        columns: [
          "id",
          "kind",
          "subject_id",
          "partner_id",
          "recipient_masked",
          "state",
          "tries",
          "last_tried_at",
          "sent_at",
          "created_at",
        ],
      },
      insert: { check: `${ofPartnerWho("members.manage").using} and kind = 'partner_invitation'` },
      update: { ...ofPartnerWho("mails.resend"), columns: ["state"] },
    },
    operator: {
      insert: {
        check:
          "(select kytkin.is_operator()) and kind in ('partner_application_accepted', 'partner_application_refused', 'specification_approved', 'specification_rejected')",
      },
      select: {
        ...ifOperator,
        columns: [
          "id",
          "kind",
          "subject_id",
          "recipient_masked",
          "state",
          "tries",
          "last_error",
          "last_tried_at",
          "sent_at",
          "created_at",
        ],
      },
      update: { ...ifOperator, columns: ["state"] },
    },
    system,
  },
  audit_log: {
    public: { insert: { check: "actor_kind = 'visitor'" } },
    // What the system does is written by the worker's login alone.
    auth: { insert: { check: "actor_kind in ('visitor', 'user')" } },
    customer: { insert: auditOfPerson },
    guest: { insert: auditOfGuest },
    partner: { insert: auditOfPartner },
    operator: { insert: auditOfOperator },
    // Append-only for everybody.
    system: { select: everything, insert: everything },
  },
  figure_days: { partner: { select: ofPartner }, system },
  figure_counts: { system },
  rate_limits: { system },
  worker_processes: { operator: { select: ifOperator }, system },
  tasks: {
    operator: {
      select: ifOperator,
      update: { ...ifOperator, columns: ["retried_at", "resolved_at", "resolved_by", "resolution"] },
    },
    system,
  },
};
