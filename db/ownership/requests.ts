import {
  everything,
  ifOperator,
  type Ownership,
  ofAccount,
  ofGuest,
  ofPartner,
  ofPartnerWho,
  system,
} from "./access";

const REQUEST_CHANGES = [
  "state",
  "decided_at",
  "decided_by",
  "decision",
  "partner_page_opened_at",
  "form_answers",
  "settled_at",
  "updated_at",
];
/** Rows of the request that the guest's draft became. */
const ofGuestRequest = { using: "request_id in (select id from activation_requests)" };
const inGuestAccount = "account_id = (select kytkin.request_account())";

/** Requests, from the submission on. */
export const requests: Ownership = {
  environments: { customer: { select: { using: "id in (select environment_id from activations)" } }, system },
  cap_locks: {
    customer: { select: ofAccount, insert: ofAccount, update: ofAccount },
    guest: {
      select: { using: `${inGuestAccount} and integration_id in (select integration_id from drafts)` },
      insert: { check: `${inGuestAccount} and integration_id in (select integration_id from drafts)` },
      update: { using: `${inGuestAccount} and integration_id in (select integration_id from drafts)` },
    },
    system,
  },
  activation_requests: {
    customer: {
      select: ofAccount,
      insert: { check: "account_id = kytkin.account_id() and submitted_by = kytkin.user_id()" },
      update: { ...ofAccount, columns: REQUEST_CHANGES },
    },
    guest: {
      select: ofGuest("draft_id"),
      insert: {
        check: `${ofGuest("draft_id").using} and ${inGuestAccount} and submitted_by = kytkin.user_id()`,
      },
      update: { ...ofGuest("draft_id"), columns: REQUEST_CHANGES },
    },
    partner: {
      select: ofPartner,
      update: {
        ...ofPartnerWho("requests.decide"),
        columns: [
          "state",
          "decided_at",
          "decided_by",
          "decision",
          "deadline_at",
          "settled_at",
          "retry_asked_at",
          "updated_at",
        ],
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
  request_consents: {
    customer: { select: ofAccount, insert: ofAccount },
    guest: {
      select: ofGuestRequest,
      insert: { check: `${ofGuestRequest.using} and ${inGuestAccount}` },
    },
    system,
  },
  activations: {
    customer: {
      select: ofAccount,
      insert: ofAccount,
      update: { ...ofAccount, columns: ["state", "is_occupying", "state_since"] },
    },
    guest: {
      select: ofGuestRequest,
      insert: { check: `${ofGuestRequest.using} and ${inGuestAccount}` },
      update: { ...ofGuestRequest, columns: ["state", "is_occupying", "state_since"] },
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
  terms_acceptances: {
    customer: {
      select: ofAccount,
      insert: { check: "account_id = kytkin.account_id() and accepted_by in (select id from users)" },
    },
    guest: {
      select: ofGuestRequest,
      insert: {
        check: `${ofGuestRequest.using} and ${inGuestAccount} and accepted_by in (select accepted_by from drafts)`,
      },
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
    guest: { insert: { check: `${ofGuestRequest.using} and ${inGuestAccount}` } },
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
