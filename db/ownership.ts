import type { ScopeName } from "./scopes";

/**
 * Who may do what with which rows: the one source of all grants and row-level security policies, and of the tenancy
 * test. A table or scope that is not named here gives nothing. Predicates are SQL over the row; the `kytkin.*()`
 * functions return the ids that `withScope` set for the transaction, or null.
 */
export type Access = {
  /** Rows that can be read, changed or deleted. */
  using?: string;
  /** What a new or changed row must satisfy; `using` when left out. */
  check?: string;
  /** Only these columns; all when left out. */
  columns?: readonly string[];
};
export type TableOwnership = Partial<
  Record<ScopeName, { select?: Access; insert?: Access; update?: Access; delete?: Access }>
>;

/** Of whoever holds the secret that the row has the hash of. */
const inHand: Access = { using: "token_hash = kytkin.key_hash()" };
const everything: Access = { using: "true" };
/** Whoever enters the scope without being an operator finds nothing: a page that forgets to ask gives nothing away. */
const ifOperator: Access = { using: "(select kytkin.is_operator())" };
const ofAccount: Access = { using: "account_id = kytkin.account_id()" };
const ofPartner: Access = { using: "partner_id = kytkin.partner_id()" };
const system = { select: everything, insert: everything, update: everything, delete: everything };
const identities = { select: everything, insert: everything, update: everything, delete: everything };

const visibleIntegration: Access = {
  using: "is_listed or id in (select integration_id from activation_links)",
};
const auditOfPerson: Access = {
  check: `actor_kind = 'user' and actor_id = kytkin.user_id()::text
    and (account_id is null or account_id = kytkin.account_id())`,
};
/** What a partner does may concern a customer, if it is one of its own. */
const auditOfPartner: Access = {
  check: `partner_id = kytkin.partner_id() and (account_id is null
    or exists (select from activation_requests r where r.account_id = audit_log.account_id))`,
};

/** What a partner writes of an end concerns the account that has the connection, and no other. */
const ofOwnConnection = (table: string): string =>
  `partner_id = kytkin.partner_id() and exists (select from connections c
    where c.id = ${table}.connection_id and c.account_id = ${table}.account_id)`;
/** All but who at the customer asked. */
const PARTNER_OFFBOARDING = [
  "connection_id",
  "partner_id",
  "account_id",
  "asked_by",
  "reason",
  "key_fate",
  "removal_answer",
  "handled_at",
  "last_probe",
  "last_probe_at",
  "outcome",
  "closed_at",
  "created_at",
];
/** Of a live connection its owner and its partner may say that it ends; nobody but the worker says anything else of it. */
const endsConnection = (whose: string): Access => ({
  using: `${whose} and state in ('active', 'needs_attention', 'update_required')`,
  check: `${whose} and state in ('active', 'needs_attention', 'update_required', 'offboarding')`,
});
/** An operator acts on no tenant's behalf: what it does names the row, never whose it is. */
const auditOfOperator: Access = {
  check:
    "(select kytkin.is_operator()) and actor_kind = 'user' and actor_id = kytkin.user_id()::text and account_id is null and partner_id is null",
};

export const OWNERSHIP: Record<string, TableOwnership> = {
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
      select: { using: "id = kytkin.user_id() or id in (select user_id from memberships)" },
      update: { using: "id = kytkin.user_id()", columns: ["locale"] },
    },
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

  partners: {
    public: { select: { using: "id in (select partner_id from integrations)" } },
    customer: { select: { using: "id in (select partner_id from integrations)" } },
    partner: { select: { using: "id = kytkin.partner_id()" } },
    operator: { select: ifOperator },
    system,
  },
  partner_members: { auth: { select: everything }, partner: { select: ofPartner }, system },
  integrations: {
    public: { select: visibleIntegration },
    customer: {
      select: {
        using: `${visibleIntegration.using} or id in (select integration_id from drafts)
          or id in (select integration_id from grants) or id in (select integration_id from activation_requests)`,
      },
    },
    partner: { select: ofPartner },
    operator: { select: ifOperator },
    system,
  },
  vendor_applications: {
    customer: { select: { using: "id in (select vendor_application_id from integrations)" } },
    partner: { select: ofPartner },
    system,
  },
  specifications: {
    public: {
      select: {
        using: "state in ('published', 'deprecated') and integration_id in (select id from integrations)",
      },
    },
    customer: {
      select: {
        using: "state in ('published', 'deprecated') and integration_id in (select id from integrations)",
      },
    },
    partner: { select: ofPartner },
    operator: { select: ifOperator, update: { ...ifOperator, columns: ["state", "published_at"] } },
    // The content of a version never changes, whoever asks.
    system: {
      select: everything,
      insert: everything,
      update: { using: "true", columns: ["state", "published_at"] },
    },
  },
  activation_links: {
    public: { select: { using: "token_hash = kytkin.link_hash()" } },
    customer: { select: { using: "token_hash = kytkin.link_hash()" } },
    partner: {
      select: ofPartner,
      insert: ofPartner,
      update: { ...ofPartner, columns: ["withdrawn_at", "expires_at"] },
    },
    system,
  },

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

  intake_keys: { customer: { select: everything }, system },
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
        ...ofPartner,
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
      update: { ...ofPartner, columns: ["state", "rejection_reason", "is_occupying", "state_since"] },
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
  connections: {
    customer: {
      select: ofAccount,
      update: {
        ...endsConnection("account_id = kytkin.account_id()"),
        columns: ["state", "attention", "state_since", "check_wanted_at"],
      },
    },
    partner: {
      select: ofPartner,
      update: {
        ...endsConnection("partner_id = kytkin.partner_id()"),
        columns: ["state", "attention", "state_since"],
      },
    },
    operator: {
      select: {
        ...ifOperator,
        columns: ["id", "activation_id", "partner_id", "integration_id", "state", "attention", "state_since"],
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

  offboardings: {
    customer: {
      select: ofAccount,
      insert: {
        check:
          "account_id = kytkin.account_id() and asked_by = 'customer' and asked_by_user = kytkin.user_id() and key_fate = 'pending'",
      },
      update: { ...ofAccount, columns: ["probe_wanted_at", "next_probe_at"] },
    },
    partner: {
      select: { ...ofPartner, columns: PARTNER_OFFBOARDING },
      insert: {
        check: `${ofOwnConnection("offboardings")} and asked_by = 'partner' and key_fate = 'pending'`,
      },
    },
    operator: {
      select: {
        ...ifOperator,
        columns: [
          "connection_id",
          "partner_id",
          "key_fate",
          "last_probe",
          "last_probe_at",
          "outcome",
          "closed_at",
        ],
      },
    },
    system,
  },
  offboarding_steps: {
    customer: {
      select: ofAccount,
      insert: { check: "account_id = kytkin.account_id() and kind in ('asked', 'calls_stopped')" },
    },
    partner: {
      select: ofPartner,
      insert: { check: `${ofOwnConnection("offboarding_steps")} and kind in ('asked', 'calls_stopped')` },
    },
    // Evidence: nobody changes it.
    system: { select: everything, insert: everything },
  },

  api_keys: {
    auth: { select: { using: "key_hash = kytkin.key_hash()" } },
    partner: { select: ofPartner, insert: ofPartner, update: { ...ofPartner, columns: ["revoked_at"] } },
    system,
  },
  handoff_codes: {
    customer: { insert: ofAccount },
    partner: { select: ofPartner, update: { ...ofPartner, columns: ["redeemed_at"] } },
    system,
  },

  data_keys: { system },
  sealed_secrets: { system },
  token_leases: { system },
  vendor_limits: { system },
  vendor_limit_places: { system },
  vendor_limit_waiters: { system },
  vendor_calls: { system },

  outbox_events: {
    customer: { insert: everything },
    partner: { insert: everything },
    operator: { insert: ifOperator },
    system,
  },
  outbox_mails: {
    customer: {
      select: { ...ofAccount, columns: ["id", "kind", "subject_id", "account_id", "state", "sent_at"] },
      insert: {
        check: "account_id = kytkin.account_id() and kind in ('invitation', 'email_change', 'email_changed')",
      },
    },
    operator: {
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
    auth: { insert: everything },
    customer: { insert: auditOfPerson },
    partner: { insert: auditOfPartner },
    operator: { insert: auditOfOperator },
    // Append-only for everybody.
    system: { select: everything, insert: everything },
  },
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

/** Tables that our SECURITY DEFINER functions read or write; they run as the owner, who is under forced row-level security too. */
export const DEFINER_TABLES: Record<string, readonly ("select" | "insert" | "update" | "delete")[]> = {
  rate_limits: ["select", "insert", "update", "delete"],
  users: ["select", "update"],
  sessions: ["select", "delete"],
  email_changes: ["select", "update"],
  activation_requests: ["select", "update"],
  operators: ["select"],
  outbox_mails: ["select", "update"],
  outbox_events: ["select"],
  connections: ["select"],
  partners: ["select"],
  worker_processes: ["select"],
  tasks: ["select", "insert", "update"],
  environments: ["select", "insert"],
  activations: ["select"],
  integrations: ["select"],
  vendor_applications: ["select"],
  activation_links: ["select"],
  grants: ["select", "update"],
};
