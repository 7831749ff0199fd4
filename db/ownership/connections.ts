import {
  type Access,
  everything,
  ifOperator,
  ifPartnerMay,
  type Ownership,
  ofAccount,
  ofPartner,
  ofPartnerWho,
  PARTNER_ID,
  system,
} from "./access";

/** What a partner writes of an end concerns the account that has the connection, and no other. */
const ofOwnConnection = (table: string): string =>
  `partner_id = ${PARTNER_ID} and ${ifPartnerMay("connections.end")} and exists (select from connections c
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

/** Connections and their end. */
export const connections: Ownership = {
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
        ...endsConnection(String(ofPartnerWho("connections.end").using)),
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
};
