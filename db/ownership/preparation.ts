import { type Access, everything, ifOperator, type Ownership, ofAccount, ofGuest, system } from "./access";

/** What the consent at a vendor covers is the business of the person who gave it. */
const ownGrant = "user_id = kytkin.user_id()";
/**
 * And what was picked of it also of the person to whom that one handed the draft over, who goes on with it. The account sees
 * what was picked in the activations, from the submission on.
 */
const handedGrant = "id in (select h.id from kytkin.handed_consents() h)";
const seenGrant = `(${ownGrant} or ${handedGrant})`;

const DRAFT_CHANGES = [
  "state",
  "specification_id",
  "content_hash",
  "accepted_by",
  "accepted_at",
  "language",
  "structure_hash",
  "language_hash",
  "consent_started_at",
  "selected_at",
  "settings",
  "updated_at",
];
const GRANT_COLUMNS = [
  "id",
  "account_id",
  "user_id",
  "integration_id",
  "connector",
  "stage",
  "vendor_request",
  "draft_id",
  "keys_from",
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
];
const CANDIDATE_CHANGES = ["picked_at", "preflight_asked_at", "preflight_checked_at"];
const SHOWN_GRANT_STATES = "('unconfirmed', 'open', 'used', 'released', 'expired')";
/** All of one's own consent; of another's what was picked. */
const seenCandidates = `(grant_id in (select g.id from grants g where g.user_id = kytkin.user_id() and g.state in ${SHOWN_GRANT_STATES})
  or (picked_at is not null and grant_id in (select g.id from grants g where g.state in ${SHOWN_GRANT_STATES})))`;
const PASTED_KEY_COLUMNS = [
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
];

const guestDraft: Access = {
  using: "id = (select kytkin.guest_draft())",
};

/** What a customer prepares before a submission. */
export const preparation: Ownership = {
  drafts: {
    customer: {
      select: ofAccount,
      insert: ofAccount,
      update: { ...ofAccount, columns: ["link_token", "wanted_external_ids", ...DRAFT_CHANGES] },
    },
    guest: { select: guestDraft, update: { ...guestDraft, columns: DRAFT_CHANGES } },
    system,
  },
  grants: {
    customer: {
      select: { using: `account_id = kytkin.account_id() and ${seenGrant}`, columns: GRANT_COLUMNS },
      insert: {
        check: `account_id = kytkin.account_id() and ${ownGrant}
          and state in ('reading', 'starting') and keys_from in ('decision', 'consent')`,
      },
      // What waits for the initiator is opened by the initiator alone.
      update: {
        using: `account_id = kytkin.account_id() and ${seenGrant} and state in ('unconfirmed', 'open')`,
        check: `account_id = kytkin.account_id() and ${seenGrant}`,
        columns: ["state", "draft_id", "updated_at"],
      },
    },
    guest: {
      select: { using: `${ofGuest("draft_id").using} and ${seenGrant}`, columns: GRANT_COLUMNS },
      insert: {
        check: `${ofGuest("draft_id").using} and ${ownGrant} and account_id = (select kytkin.request_account())
          and state in ('reading', 'starting') and keys_from in ('decision', 'consent')`,
      },
      update: {
        using: `${ofGuest("draft_id").using} and ${seenGrant} and state = 'open'`,
        check: `${ofGuest("draft_id").using} and ${seenGrant}`,
        columns: ["state", "updated_at"],
      },
    },
    system,
  },
  candidates: {
    customer: {
      select: { using: `account_id = kytkin.account_id() and ${seenCandidates}` },
      update: { using: `account_id = kytkin.account_id() and ${seenCandidates}`, columns: CANDIDATE_CHANGES },
    },
    guest: {
      select: { using: seenCandidates },
      update: { using: seenCandidates, columns: CANDIDATE_CHANGES },
    },
    operator: { select: { ...ifOperator, columns: ["id", "grant_id", "key_state", "release_failed_at"] } },
    system,
  },
  intake_keys: {
    public: { select: everything },
    customer: { select: everything },
    guest: { select: everything },
    partner: { select: everything },
    intake: { select: everything },
    system,
  },
  pasted_keys: {
    customer: {
      select: { ...ofAccount, columns: PASTED_KEY_COLUMNS },
      insert: {
        check: `account_id = kytkin.account_id() and user_id = kytkin.user_id() and state = 'checking'
          and (activation_id is null or activation_id in (select id from activations))`,
      },
    },
    guest: {
      select: {
        using: `${ofGuest("draft_id").using} and user_id = kytkin.user_id()`,
        columns: PASTED_KEY_COLUMNS,
      },
      insert: {
        check: `${ofGuest("draft_id").using} and account_id = (select kytkin.request_account())
          and user_id = kytkin.user_id() and state = 'checking' and activation_id is null`,
      },
    },
    system,
  },
};
