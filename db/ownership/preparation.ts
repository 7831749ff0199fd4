import { everything, ifOperator, type Ownership, ofAccount, system } from "./access";

/** What a customer prepares before a submission. */
export const preparation: Ownership = {
  drafts: {
    customer: {
      select: ofAccount,
      insert: ofAccount,
      update: {
        ...ofAccount,
        columns: [
          "link_token",
          "state",
          "specification_id",
          "content_hash",
          "accepted_by",
          "accepted_at",
          "consent_started_at",
          "selected_at",
          "settings",
          "updated_at",
        ],
      },
    },
    system,
  },
  grants: {
    customer: {
      select: {
        ...ofAccount,
        columns: [
          "id",
          "account_id",
          "user_id",
          "integration_id",
          "connector",
          "stage",
          "vendor_request",
          "draft_id",
          "source",
          "state_hash",
          "consent_url",
          "state",
          "refused_because",
          "vendor_answer",
          "without_key",
          "initiator_name",
          "initiator_masked",
          "link_token",
          "expires_at",
          "created_at",
          "updated_at",
        ],
      },
      insert: {
        check: `account_id = kytkin.account_id() and user_id = kytkin.user_id()
          and state in ('reading', 'starting') and source = 'consent'`,
      },
      // What waits for the initiator is opened by the initiator alone.
      update: {
        using: "account_id = kytkin.account_id() and state in ('unconfirmed', 'open')",
        check: ofAccount.using,
        columns: ["state", "draft_id", "updated_at"],
      },
    },
    system,
  },
  candidates: {
    customer: {
      select: {
        using:
          "account_id = kytkin.account_id() and grant_id in (select id from grants where state in ('unconfirmed', 'open', 'used', 'released', 'expired'))",
      },
      update: { ...ofAccount, columns: ["picked_at", "preflight_asked_at", "preflight_checked_at"] },
    },
    operator: { select: { ...ifOperator, columns: ["id", "grant_id", "key_state", "release_failed_at"] } },
    system,
  },
  intake_keys: { customer: { select: everything }, partner: { select: everything }, system },
  pasted_keys: {
    customer: {
      select: {
        ...ofAccount,
        columns: [
          "id",
          "account_id",
          "user_id",
          "draft_id",
          "activation_id",
          "state",
          "refused_because",
          "finding",
          "vendor_answer",
          "created_at",
          "updated_at",
        ],
      },
      insert: {
        check: `account_id = kytkin.account_id() and user_id = kytkin.user_id() and state = 'checking'
          and (activation_id is null or activation_id in (select id from activations))`,
      },
    },
    system,
  },
};
