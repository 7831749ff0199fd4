import {
  type Access,
  everything,
  GATEWAY_CONNECTION,
  ifOperator,
  ifPartnerMay,
  type Ownership,
  ofAccount,
  ofGateway,
  ofPartner,
  ofPartnerWho,
  PARTNER_ID,
  system,
} from "./access";

/** What a partner writes of a connection concerns the account that has the connection, and no other. */
const ofOwnConnection = (table: string, ability: "connections.end" | "connections.pause"): string =>
  `partner_id = ${PARTNER_ID} and ${ifPartnerMay(ability)} and exists (select from connections c
    where c.id = ${table}.connection_id and c.account_id = ${table}.account_id)`;
/** All but who at the customer asked. */
const PARTNER_OFFBOARDING = [
  "connection_id",
  "partner_id",
  "account_id",
  "ask_id",
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
  using: `${whose} and state in ('active', 'needs_attention')`,
  check: `${whose} and state in ('active', 'needs_attention', 'offboarding')`,
});

/** What one side writes of a hold: it sets its own kind of row, in its own name, and lifts what it set. */
const setsHold = (side: "customer" | "partner" | "operator", whose: string): string =>
  `${whose} and set_by = '${side}' and lifted_at is null
    and ${side === "partner" ? "(set_by_user is null or set_by_user = kytkin.user_id())" : "set_by_user = kytkin.user_id()"}`;
const LIFTING = ["lifted_at", "lifted_by", "lifted_by_user", "lifted_by_key"];
/** All but which person or key of a side it was. */
const HOLD_FACTS = [
  "id",
  "connection_id",
  "partner_id",
  "account_id",
  "kind",
  "set_by",
  "reason",
  "since",
  "until",
  "lifted_at",
  "lifted_by",
  "created_at",
];

/** What a customer's acceptance moves: connections of its own, by an acceptance of its own. */
const OWN_UPDATE = `account_id = kytkin.account_id() and verdict = 'needs_consent'
  and acceptance_id in (select id from update_acceptances)`;

/** Connections, what holds them, and their end. */
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
    gateway: {
      select: {
        using: `id = ${GATEWAY_CONNECTION}`,
        columns: ["id", "partner_id", "account_id", "integration_id", "state", "attention"],
      },
    },
    operator: {
      select: {
        ...ifOperator,
        columns: [
          "id",
          "activation_id",
          "partner_id",
          "account_id",
          "integration_id",
          "state",
          "attention",
          "state_since",
        ],
      },
      update: {
        ...endsConnection(ifOperator.using ?? "false"),
        columns: ["state", "attention", "state_since"],
      },
    },
    system,
  },
  specification_updates: {
    customer: { select: { using: "integration_id in (select integration_id from connections)" } },
    partner: { select: ofPartner },
    // What customers were asked does not change afterwards.
    system: { select: everything, insert: everything },
  },
  account_updates: { customer: { select: ofAccount }, system },
  update_acceptances: {
    customer: {
      select: ofAccount,
      insert: {
        check: `account_id = kytkin.account_id() and accepted_by = kytkin.user_id()
          and specification_id in (select id from specifications where state = 'published')`,
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
  connection_updates: {
    customer: { select: ofAccount, insert: { check: OWN_UPDATE } },
    partner: { select: ofPartner },
    system: { select: everything, insert: everything },
  },
  holds: {
    customer: {
      select: { ...ofAccount, columns: HOLD_FACTS },
      insert: { check: setsHold("customer", "account_id = kytkin.account_id()") },
      update: {
        using: "account_id = kytkin.account_id() and set_by = 'customer'",
        check:
          "account_id = kytkin.account_id() and set_by = 'customer' and (lifted_by is null or lifted_by = 'customer')",
        columns: LIFTING,
      },
    },
    partner: {
      select: { ...ofPartner, columns: HOLD_FACTS },
      insert: {
        check: `${setsHold("partner", ofOwnConnection("holds", "connections.pause"))}
          and (kind = 'pause' or ${ifPartnerMay("connections.end")})`,
      },
      update: {
        using: `${ofPartnerWho("connections.pause").using} and set_by = 'partner'`,
        check: `${ofPartnerWho("connections.pause").using} and set_by = 'partner' and (lifted_by is null or lifted_by = 'partner')`,
        columns: LIFTING,
      },
    },
    operator: {
      select: { ...ifOperator, columns: HOLD_FACTS.filter((column) => column !== "reason") },
      insert: { check: setsHold("operator", "(select kytkin.is_operator())") },
      update: { ...ifOperator, columns: LIFTING },
    },
    gateway: { select: { ...ofGateway, columns: HOLD_FACTS.filter((column) => column !== "reason") } },
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
        check: `${ofOwnConnection("offboardings", "connections.end")} and asked_by = 'partner' and key_fate = 'pending'
          and (asked_by_user is null or asked_by_user = kytkin.user_id())`,
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
      insert: {
        check: `${ifOperator.using} and asked_by = 'operator' and asked_by_user = kytkin.user_id() and reason is not null
          and key_fate = 'pending'`,
      },
    },
    system,
  },
  connection_preparations: {
    customer: {
      select: ofAccount,
      update: {
        ...ofAccount,
        check: "account_id = kytkin.account_id() and state = 'pending'",
        columns: ["state", "choices", "wanted_at", "next_try_at"],
      },
    },
    system,
  },
  preparation_steps: { customer: { select: ofAccount }, system },
  // Of an environment, and of every connection there: what others use is the worker's to know.
  prepared_things: { system },
  prepared_uses: { customer: { select: ofAccount }, system },
  offboarding_steps: {
    customer: {
      select: ofAccount,
      insert: { check: "account_id = kytkin.account_id() and kind = 'asked'" },
    },
    partner: {
      select: ofPartner,
      insert: {
        check: `${ofOwnConnection("offboarding_steps", "connections.end")} and kind = 'asked'`,
      },
    },
    operator: { insert: { check: `${ifOperator.using} and kind = 'asked'` } },
    // Evidence: nobody changes it.
    system: { select: everything, insert: everything },
  },
};
