import {
  type Access,
  everything,
  ifOperator,
  ifPartnerMay,
  type Ownership,
  ofPartner,
  ofPartnerWho,
  PARTNER_ID,
  system,
} from "./access";

const visibleIntegration: Access = {
  using: "is_listed or id in (select integration_id from activation_links)",
};

/** Of whoever holds the secret that the row has the hash of. */
const inHand: Access = { using: "token_hash = kytkin.key_hash()" };

const ownOfMember: Access = {
  using: `${ofPartner.using} and user_id = kytkin.user_id() and (select kytkin.partner_role()) is not null`,
};

const announced: Access = {
  using: "withdrawn_at is null and integration_id in (select id from integrations)",
  columns: ["integration_id", "ends_on", "note", "replacement_name", "replacement_url", "withdrawn_at"],
};

const PROFILE_COLUMNS = [
  "name",
  "market_name",
  "logo",
  "notify_email",
  "support_email",
  "incident_email",
  "review_email",
  "website_url",
  "support_url",
  "terms_url",
  "privacy_url",
];

/** Partners and what they publish. */
export const publishing: Ownership = {
  partners: {
    public: { select: { using: "id in (select partner_id from integrations)" } },
    customer: { select: { using: "id in (select partner_id from integrations)" } },
    guest: { select: { using: "id in (select partner_id from integrations)" } },
    auth: { select: { ...everything, columns: ["id", "slug", "name"] } },
    partner: {
      select: { using: `id = ${PARTNER_ID}` },
      update: {
        using: `id = ${PARTNER_ID} and ${ifPartnerMay("profile.edit")}`,
        columns: PROFILE_COLUMNS,
      },
    },
    operator: { select: ifOperator },
    system,
  },
  partner_members: {
    auth: {
      select: everything,
      // What an invitation gives, to who holds its link; the verb compares the address.
      insert: {
        check: `exists (select from partner_invitations i where i.token_hash = kytkin.key_hash() and i.state = 'open'
          and i.partner_id = partner_members.partner_id and i.role = partner_members.role)`,
      },
    },
    partner: {
      select: ofPartner,
      update: { ...ofPartnerWho("members.manage"), columns: ["role"] },
      // Anybody may leave.
      delete: {
        using: `partner_id = ${PARTNER_ID} and (user_id = kytkin.user_id() or ${ifPartnerMay("members.manage")})`,
      },
    },
    system,
  },
  // Each member's own: colleagues neither see nor change them.
  partner_views: {
    partner: { select: ownOfMember, insert: { check: ownOfMember.using }, delete: ownOfMember },
    system,
  },
  partner_alerts: {
    partner: {
      select: {
        ...ownOfMember,
        columns: [
          "partner_id",
          "user_id",
          "digest",
          "waiting_hours",
          "rejection_percent",
          "tells_attention",
          "time_zone",
          "due_at",
        ],
      },
      insert: { check: ownOfMember.using },
      update: {
        ...ownOfMember,
        columns: [
          "digest",
          "waiting_hours",
          "rejection_percent",
          "tells_attention",
          "time_zone",
          "due_at",
          "told_until",
          "updated_at",
        ],
      },
    },
    system,
  },
  partner_invitations: {
    auth: { select: inHand, update: { ...inHand, columns: ["state", "accepted_by", "ended_at"] } },
    partner: {
      select: {
        ...ofPartner,
        columns: [
          "id",
          "partner_id",
          "email",
          "role",
          "state",
          "invited_by",
          "expires_at",
          "ended_at",
          "created_at",
        ],
      },
      insert: { check: `${ofPartnerWho("members.manage").using} and invited_by = kytkin.user_id()` },
      update: { ...ofPartnerWho("members.manage"), columns: ["state", "ended_at"] },
    },
    system,
  },
  partner_applications: {
    customer: {
      select: {
        using: "user_id = kytkin.user_id()",
        columns: ["id", "user_id", "name", "state", "reason", "partner_id", "created_at"],
      },
      insert: { check: "user_id = kytkin.user_id() and state = 'open'" },
    },
    // Written to the operator, names included.
    operator: {
      select: ifOperator,
      update: { ...ifOperator, columns: ["state", "reason", "decided_by", "decided_at"] },
    },
    system,
  },
  integrations: {
    public: { select: visibleIntegration },
    customer: {
      select: {
        using: `${visibleIntegration.using} or id in (select integration_id from drafts)
          or id in (select integration_id from grants) or id in (select integration_id from activation_requests)`,
      },
    },
    guest: { select: { using: "id in (select integration_id from drafts)" } },
    partner: {
      select: ofPartner,
      // On an application of the partner's own, for the connector and stage that the application is for.
      insert: {
        check: `${ofPartnerWho("specifications.edit").using} and not is_listed
          and exists (select from vendor_applications a where a.id = integrations.vendor_application_id
            and a.connector = integrations.connector and a.stage = integrations.stage)`,
      },
    },
    // What the public catalogue shows is the operator's to say.
    operator: { select: ifOperator, update: { ...ifOperator, columns: ["is_listed", "kind"] } },
    gateway: {
      select: {
        using: "id in (select c.integration_id from connections c)",
        columns: ["id", "connector", "vendor_application_id"],
      },
    },
    system,
  },
  // What is announced is public; who did it is not.
  retirements: {
    public: { select: announced },
    customer: { select: announced },
    guest: { select: announced },
    partner: {
      select: ofPartner,
      insert: {
        check: `${ofPartnerWho("connections.end").using} and announced_by = kytkin.user_id() and withdrawn_at is null
          and reminded_at is null`,
      },
      update: {
        using: `${ofPartnerWho("connections.end").using} and withdrawn_at is null`,
        check: `${ofPartnerWho("connections.end").using} and withdrawn_by = kytkin.user_id()`,
        columns: ["withdrawn_at", "withdrawn_by"],
      },
    },
    operator: { select: ifOperator },
    system,
  },
  retirement_notices: { system },
  vendor_applications: {
    customer: { select: { using: "id in (select vendor_application_id from integrations)" } },
    guest: { select: { using: "id in (select vendor_application_id from integrations)" } },
    partner: {
      select: ofPartner,
      // What is in use changes by a trial, which the worker ends; base addresses are the manifest's or the operator's.
      insert: {
        check: `${ofPartnerWho("applications.manage").using} and settings -> 'apiBaseUrl' is null and proven_at is null
          and limiter_key = connector || ':' || stage || ':' || client_id`,
      },
      delete: ofPartnerWho("applications.manage"),
    },
    system,
  },
  application_trials: {
    partner: {
      select: {
        ...ofPartnerWho("applications.read"),
        columns: [
          "id",
          "vendor_application_id",
          "partner_id",
          "requested_by",
          "kind",
          "state",
          "client_id",
          "settings",
          "replaces",
          "checks",
          "failure",
          "vendor_answer",
          "created_at",
          "updated_at",
        ],
      },
      insert: {
        check: `${ofPartnerWho("applications.manage").using} and state = 'waiting' and requested_by = kytkin.user_id()
          and settings -> 'apiBaseUrl' is null`,
      },
      update: {
        using: ofPartnerWho("applications.manage").using,
        check: `${ofPartnerWho("applications.manage").using} and state in ('waiting', 'discarded')`,
        columns: ["state", "failure", "updated_at"],
      },
    },
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
    guest: {
      select: {
        using: "state in ('published', 'deprecated') and integration_id in (select id from integrations)",
      },
    },
    partner: {
      select: ofPartner,
      // A version begins with its submission. What is approved is published by kytkin.publish_specification.
      insert: {
        check: `${ofPartnerWho("specifications.edit").using} and state = 'in_review' and published_at is null`,
      },
      update: {
        using: `${ofPartnerWho("specifications.edit").using} and state in ('in_review', 'approved')`,
        check: `${ofPartnerWho("specifications.edit").using} and state = 'withdrawn'`,
        columns: ["state"],
      },
    },
    operator: {
      select: ifOperator,
      // Nobody decides about their own submission.
      update: {
        using: `${ifOperator.using} and state = 'in_review' and id in (select specification_id from specification_reviews
          where submitted_by <> kytkin.user_id())`,
        check: `${ifOperator.using} and state in ('approved', 'rejected')`,
        columns: ["state"],
      },
    },
    // The content of a version never changes, whoever asks.
    system: {
      select: everything,
      insert: everything,
      update: { using: "true", columns: ["state", "published_at"] },
    },
  },
  specification_drafts: {
    partner: {
      select: ofPartner,
      insert: { check: `${ofPartnerWho("specifications.edit").using} and saved_by = kytkin.user_id()` },
      update: {
        ...ofPartnerWho("specifications.edit"),
        check: `${ofPartnerWho("specifications.edit").using} and saved_by = kytkin.user_id()`,
        columns: ["content", "revision", "writer", "writer_sequence", "saved_by", "saved_at"],
      },
    },
    system,
  },
  specification_reviews: {
    partner: {
      // Which operator decided is the operator's own affair.
      select: {
        ...ofPartner,
        columns: [
          "specification_id",
          "integration_id",
          "partner_id",
          "note",
          "submitted_by",
          "submitted_at",
          "decided_at",
          "reason",
          "comments",
          "publish_at",
          "publish_set_by",
          "publish_refused",
        ],
      },
      insert: {
        check: `${ofPartnerWho("specifications.edit").using} and submitted_by = kytkin.user_id() and decided_at is null
          and first_approved_at is null and publish_at is null`,
      },
      // When an approved version is published by itself, and nothing else of a review.
      update: {
        using: `${ofPartnerWho("specifications.edit").using}
          and specification_id in (select id from specifications where state = 'approved')`,
        check: `${ofPartnerWho("specifications.edit").using} and publish_set_by = kytkin.user_id() and publish_refused is null
          and (publish_at is null or publish_at > now())`,
        columns: ["publish_at", "publish_set_by", "publish_refused"],
      },
    },
    operator: {
      select: ifOperator,
      update: {
        using: `${ifOperator.using} and decided_at is null and submitted_by <> kytkin.user_id()`,
        // The second of two approvals is another operator's; a rejection is anybody's, the first approver's too.
        check: `${ifOperator.using} and (
          (decided_at is null and first_approved_by = kytkin.user_id())
          or (decided_by = kytkin.user_id() and (first_approved_by is distinct from kytkin.user_id()
            or specification_id in (select id from specifications where state = 'rejected'))))`,
        columns: ["first_approved_by", "first_approved_at", "decided_by", "decided_at", "reason", "comments"],
      },
    },
    system,
  },
  checked_addresses: {
    partner: {
      select: ofPartner,
      insert: { check: `${ofPartnerWho("specifications.edit").using} and checked_at is null` },
      update: {
        ...ofPartnerWho("specifications.edit"),
        columns: ["asked_at", "checked_at"],
        check: `${ofPartnerWho("specifications.edit").using} and checked_at is null`,
      },
    },
    system,
  },
  activation_links: {
    public: { select: { using: "token_hash = kytkin.link_hash()" } },
    customer: { select: { using: "token_hash = kytkin.link_hash()" } },
    guest: {
      select: {
        using: "token_hash = kytkin.link_hash() and integration_id in (select integration_id from drafts)",
      },
    },
    partner: {
      select: ofPartner,
      insert: ofPartnerWho("links.manage"),
      update: {
        ...ofPartnerWho("links.manage"),
        columns: ["label", "campaign", "language", "max_uses", "settings", "withdrawn_at", "expires_at"],
      },
    },
    system,
  },
  link_openings: { partner: { select: ofPartner }, system },
  return_addresses: {
    partner: {
      select: ofPartnerWho("links.read", "links.manage"),
      insert: ofPartnerWho("links.manage"),
      delete: ofPartnerWho("links.manage"),
    },
    system,
  },
  api_keys: {
    auth: {
      select: { using: "key_hash = kytkin.key_hash()" },
      update: { using: "key_hash = kytkin.key_hash()", columns: ["last_used_at"] },
    },
    partner: {
      select: ofPartner,
      // No key makes one that may do more than itself.
      insert: {
        check: `${ofPartnerWho("api_keys.manage").using} and ((select kytkin.api_key_scopes()) is null
          or scopes <@ (select kytkin.api_key_scopes())::text[])`,
      },
      update: { ...ofPartnerWho("api_keys.manage"), columns: ["revoked_at"] },
    },
    system,
  },
};
