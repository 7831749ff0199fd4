import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { DRAFT_STATES, type DraftState } from "@/lib/activation/draft/states";
import {
  GRANT_STATES,
  GRANTED_KEY_STATES,
  type GrantedKeyState,
  type GrantState,
  KEYS_FROM,
  type KeysFrom,
} from "@/lib/activation/grant/schema";
import type { SettingValues } from "@/lib/activation/settings/schema";
import type { Finding } from "@/lib/connectors/preflight";
import type { ForeseenStep } from "@/lib/connectors/preparation";
import type { Locale } from "@/lib/core/locales";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { accounts, users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { integrations, specifications } from "./integration";

/** The customer's prepared but not yet submitted request. It belongs to the account. */
export const drafts = pgTable(
  "drafts",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    integrationId: uuid("integration_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    linkToken: text("link_token").notNull(),
    state: text("state").$type<DraftState>().notNull().default("open"),
    /** The accepted version and the hash of what was shown. */
    specificationId: uuid("specification_id").notNull(),
    contentHash: text("content_hash").notNull(),
    /** The language in which it was shown; null for what was accepted before texts had languages. */
    language: text("language").$type<Locale>(),
    /** The hashes of the version without its texts, and of what a reader of that language was shown. */
    structureHash: text("structure_hash"),
    languageHash: text("language_hash"),
    acceptedBy: uuid("accepted_by")
      .notNull()
      .references(() => users.id),
    acceptedAt: at("accepted_at").notNull(),
    /** When the customer was sent to the vendor from this draft. */
    consentStartedAt: at("consent_started_at"),
    selectedAt: at("selected_at"),
    /** External ids to tick again when a retry needs a fresh consent. */
    wantedExternalIds: jsonb("wanted_external_ids").$type<string[]>().notNull().default([]),
    retryOf: uuid("retry_of"),
    /** What the customer chose of the specification's settings; null before. */
    settings: jsonb("settings").$type<SettingValues>(),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("drafts_id_account").on(table.id, table.accountId),
    index("drafts_accepted").on(table.acceptedAt),
    uniqueIndex("drafts_one_open").on(table.accountId, table.integrationId).where(sql`state = 'open'`),
    foreignKey({
      columns: [table.integrationId, table.partnerId],
      foreignColumns: [integrations.id, integrations.partnerId],
    }),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
    }),
    index("drafts_open").on(table.updatedAt).where(sql`state = 'open'`),
    index("drafts_settings_left")
      .on(table.updatedAt)
      .where(sql`settings is not null and state in ('discarded', 'expired')`),
    check("drafts_state", isOneOf(table.state, DRAFT_STATES)),
  ],
);

/** What a vendor gave us when the customer consented there. Customer and system only. */
export const grants = pgTable(
  "grants",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id),
    connector: text("connector").notNull(),
    stage: text("stage").notNull(),
    vendorRequest: text("vendor_request").notNull(),
    draftId: uuid("draft_id"),
    /** Where the key of an environment comes from, written once. `customer`: made by hand, so not ours to end at the vendor. */
    keysFrom: text("keys_from").$type<KeysFrom>().notNull(),
    /** Of the state that went to the vendor with the customer and has to come back. */
    stateHash: text("state_hash"),
    /** Where the customer's browser goes, until `expiresAt`. */
    consentUrl: text("consent_url"),
    returnOutcome: text("return_outcome"),
    /** What came back to be traded for keys, once; written by the customer's return and read by the system alone. */
    returnToken: text("return_token"),
    state: text("state").$type<GrantState>().notNull().default("reading"),
    refusedBecause: text("refused_because"),
    /** The trouble that the vendor answered with last, while it keeps the grant from going on. */
    vendorAnswer: jsonb("vendor_answer").$type<VendorAnswer>(),
    /** Names of environments that the consent covers and that got no key that works. */
    withoutKey: jsonb("without_key").$type<string[]>().notNull().default([]),
    initiatorName: text("initiator_name"),
    /** The initiator's address with most of it hidden, for a signed-in user who is somebody else. */
    initiatorMasked: text("initiator_masked"),
    /** System only: the initiator's address, kept until the claim is settled. */
    initiatorEmail: text("initiator_email"),
    confirmTokenHash: text("confirm_token_hash"),
    /** The link to go on with when the customer started at the vendor and has no draft here. */
    linkToken: text("link_token"),
    expiresAt: at("expires_at"),
    /** When its words about persons and companies were taken out, those of its candidates too. */
    forgottenAt: at("forgotten_at"),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("grants_id_account").on(table.id, table.accountId),
    foreignKey({ columns: [table.draftId, table.accountId], foreignColumns: [drafts.id, drafts.accountId] }),
    // First claim wins: a vendor request has one owner, for ever.
    uniqueIndex("grants_one_claim")
      .on(table.connector, table.stage, table.vendorRequest)
      .where(sql`state in ('open', 'used', 'released', 'expired')`),
    // Coming back twice is one return; one that was refused may be tried again.
    uniqueIndex("grants_one_return")
      .on(table.accountId, table.userId, table.integrationId, table.vendorRequest)
      .where(sql`state <> 'refused'`),
    uniqueIndex("grants_state_hash_key").on(table.stateHash),
    index("grants_draft").on(table.draftId),
    // The sweep asks for those that are under way, of which there are few, and not for all that ever were.
    index("grants_under_way")
      .on(table.state, table.expiresAt)
      .where(sql`state not in ('used', 'released', 'expired', 'refused')`),
    index("grants_untold").on(table.expiresAt).where(sql`keys_from = 'decision'`),
    index("grants_initiator_left").on(table.id).where(sql`initiator_email is not null`),
    index("grants_words_left")
      .on(table.updatedAt)
      .where(sql`forgotten_at is null and state in ('used', 'released', 'expired', 'refused')`),
    check("grants_state", isOneOf(table.state, GRANT_STATES)),
    check("grants_keys_from", isOneOf(table.keysFrom, KEYS_FROM)),
  ],
);

/** One environment that the grant covers. Customer and system only. */
export const candidates = pgTable(
  "candidates",
  {
    id: id(),
    grantId: uuid("grant_id").notNull(),
    accountId: uuid("account_id").notNull(),
    externalId: text("external_id").notNull(),
    name: text("name"),
    businessId: text("business_id"),
    country: text("country"),
    accountingOffice: text("accounting_office"),
    rights: text("rights").notNull(),
    existing: text("existing").notNull(),
    productFit: text("product_fit").notNull(),
    pickedAt: at("picked_at"),
    /** When a check of the environment was last asked for, and when that one was done: null again with each asking. */
    preflightAskedAt: at("preflight_asked_at"),
    preflightCheckedAt: at("preflight_checked_at"),
    preflightFindings: jsonb("preflight_findings").$type<Finding[]>(),
    /** What the preparation would make there; null where nothing is prepared. */
    preflightForeseen: jsonb("preflight_foreseen").$type<ForeseenStep[]>(),
    /** Where the consent issued a key: what became of it. Each ends as something else than `held`. */
    keyState: text("key_state").$type<GrantedKeyState>(),
    /** The vendor refused to take the key back; somebody has to look. */
    releaseFailedAt: at("release_failed_at"),
    releaseAnswer: jsonb("release_answer").$type<VendorAnswer>(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("candidates_external_key").on(table.grantId, table.externalId),
    foreignKey({ columns: [table.grantId, table.accountId], foreignColumns: [grants.id, grants.accountId] }),
    index("candidates_held_keys").on(table.grantId).where(sql`key_state = 'held'`),
    check("candidates_key_state", sql`key_state is null or ${isOneOf(table.keyState, GRANTED_KEY_STATES)}`),
    check("candidates_rights", isOneOf(table.rights, ["full", "missing", "unknown"])),
    check("candidates_existing", isOneOf(table.existing, ["none", "flow", "manual", "unknown"])),
    check("candidates_product_fit", isOneOf(table.productFit, ["ok", "wrong", "unknown"])),
  ],
);
