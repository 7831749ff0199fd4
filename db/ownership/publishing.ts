import { type Access, everything, ifOperator, type Ownership, ofPartner, system } from "./access";

const visibleIntegration: Access = {
  using: "is_listed or id in (select integration_id from activation_links)",
};

/** Partners and what they publish. */
export const publishing: Ownership = {
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
      update: {
        ...ofPartner,
        columns: ["label", "campaign", "language", "max_uses", "withdrawn_at", "expires_at"],
      },
    },
    system,
  },
  return_addresses: { partner: { select: ofPartner, insert: ofPartner, delete: ofPartner }, system },
  api_keys: {
    auth: {
      select: { using: "key_hash = kytkin.key_hash()" },
      update: { using: "key_hash = kytkin.key_hash()", columns: ["last_used_at"] },
    },
    partner: {
      select: ofPartner,
      insert: ofPartner,
      update: { ...ofPartner, columns: ["revoked_at", "expires_at"] },
    },
    system,
  },
};
