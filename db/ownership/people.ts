import { type Access, everything, ifOperator, type Ownership, ofAccount, system } from "./access";

/** Of whoever holds the secret that the row has the hash of. */
const inHand: Access = { using: "token_hash = kytkin.key_hash()" };
const identities = { select: everything, insert: everything, update: everything, delete: everything };

/** People, what they belong to, and how they sign in. */
export const people: Ownership = {
  accounts: {
    auth: identities,
    customer: {
      select: { using: "id = kytkin.account_id()" },
      update: { using: "id = kytkin.account_id()", columns: ["name"] },
    },
    system,
  },
  users: {
    auth: identities,
    customer: {
      select: {
        using: `id = kytkin.user_id() or id in (select user_id from memberships)
          or id in (select user_id from request_guests)`,
      },
      update: { using: "id = kytkin.user_id()", columns: ["locale"] },
    },
    // Of others a guest learns by `kytkin.draft_preparation` who prepared what was handed over, and no more.
    guest: { select: { using: "id = kytkin.user_id()" } },
    // Colleagues by their addresses; partner_members gives no others.
    partner: { select: { using: "id in (select user_id from partner_members)", columns: ["id", "email"] } },
    system,
  },
  request_guests: {
    auth: identities,
    customer: { select: ofAccount, update: { ...ofAccount, columns: ["ended_at"] } },
    system,
  },
  memberships: { auth: identities, customer: { select: ofAccount, delete: ofAccount }, system },
  invitations: {
    // Whoever holds the link is not a member yet.
    auth: { select: inHand, update: { ...inHand, columns: ["state", "accepted_by", "ended_at"] } },
    customer: {
      select: {
        ...ofAccount,
        columns: [
          "id",
          "account_id",
          "email",
          "state",
          "invited_by",
          "draft_id",
          "access",
          "expires_at",
          "accepted_by",
          "ended_at",
          "created_at",
        ],
      },
      insert: { check: "account_id = kytkin.account_id() and invited_by = kytkin.user_id()" },
      update: { ...ofAccount, columns: ["state", "ended_at"] },
    },
    system,
  },
  email_changes: {
    // What the mails' links do is done by functions of the database: they come from mailboxes, not from an account.
    customer: {
      select: {
        using: "user_id = kytkin.user_id()",
        columns: ["id", "user_id", "new_email", "expires_at", "ended_at", "created_at"],
      },
      insert: { check: "user_id = kytkin.user_id()" },
      update: { using: "user_id = kytkin.user_id()", columns: ["ended_at"] },
    },
    system,
  },
  operators: {
    auth: { select: everything },
    operator: { select: ifOperator },
    system: { select: everything, insert: everything, delete: everything },
  },
  sessions: {
    auth: identities,
    customer: {
      select: { using: "user_id = kytkin.user_id()" },
      delete: { using: "user_id = kytkin.user_id()" },
    },
    system,
  },
  sign_in_tokens: { auth: identities, system },
};
