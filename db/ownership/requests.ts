import { everything, ifOperator, type Ownership, ofAccount, ofPartner, ofPartnerWho, system } from "./access";

/** Requests, from the submission on. */
export const requests: Ownership = {
  environments: { customer: { select: { using: "id in (select environment_id from activations)" } }, system },
  cap_locks: { customer: { select: ofAccount, insert: ofAccount, update: ofAccount }, system },
  activation_requests: {
    customer: {
      select: ofAccount,
      insert: { check: "account_id = kytkin.account_id() and submitted_by = kytkin.user_id()" },
      update: {
        ...ofAccount,
        columns: [
          "state",
          "decided_at",
          "decided_by",
          "decision",
          "partner_page_opened_at",
          "form_answers",
          "settled_at",
          "updated_at",
        ],
      },
    },
    partner: {
      select: ofPartner,
      update: {
        ...ofPartnerWho("requests.decide"),
        columns: ["state", "decided_at", "decided_by", "decision", "settled_at", "updated_at"],
      },
    },
    operator: {
      select: {
        ...ifOperator,
        columns: [
          "id",
          "partner_id",
          "integration_id",
          "specification_id",
          "state",
          "submitted_at",
          "deadline_at",
          "decided_at",
          "settled_at",
        ],
      },
    },
    system,
  },
  activations: {
    customer: {
      select: ofAccount,
      insert: ofAccount,
      update: { ...ofAccount, columns: ["state", "is_occupying", "state_since"] },
    },
    partner: {
      select: ofPartner,
      update: {
        ...ofPartnerWho("requests.decide"),
        columns: ["state", "rejection_reason", "is_occupying", "state_since"],
      },
    },
    operator: {
      select: {
        ...ifOperator,
        columns: [
          "id",
          "request_id",
          "partner_id",
          "integration_id",
          "state",
          "failure_reason",
          "state_since",
        ],
      },
    },
    system,
  },
  consents: {
    customer: {
      select: ofAccount,
      insert: { check: "account_id = kytkin.account_id() and accepted_by in (select id from users)" },
    },
    // Evidence: nobody changes it. Only the address of a person who had their data erased gives way to a pseudonym.
    system: {
      select: everything,
      insert: everything,
      update: {
        using: "true",
        check: "accepted_email like 'erased-%@erased.invalid'",
        columns: ["accepted_email"],
      },
    },
  },
  handoff_codes: {
    customer: { insert: ofAccount },
    partner: {
      select: ofPartner,
      // Codes are for software: no member redeems one.
      update: {
        using: `${ofPartner.using} and (select kytkin.api_key_scopes()) is not null`,
        columns: ["redeemed_at"],
      },
    },
    system,
  },
  request_notes: {
    // Of the request's own account, whose rows an erasure takes along.
    partner: {
      select: ofPartner,
      insert: {
        check: `${ofPartnerWho("requests.note").using} and author_id = kytkin.user_id()
          and exists (select from activation_requests r where r.id = request_notes.request_id and r.account_id = request_notes.account_id)`,
      },
    },
    system,
  },
};
