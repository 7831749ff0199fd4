import { type SQL, sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  ACTIVATION_STATES,
  type ActivationState,
  FAILURE_REASONS,
  type FailureReason,
  type PartnerDecision,
  REQUEST_STATES,
  type RequestState,
} from "@/lib/activation/request/schema";
import type { SettingValues } from "@/lib/activation/settings/schema";
import {
  ATTENTION_CAUSES,
  type AttentionCause,
  CONNECTION_STATES,
  type ConnectionState,
  KEY_SOURCES,
  type KeySource,
} from "@/lib/connection/lifecycle/schema";
import type { RightsCheck } from "@/lib/connectors/connector";
import type { Locale } from "@/lib/core/locales";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { accounts, users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { drafts, grants } from "./flow";
import { integrations, STAGES, specifications } from "./integration";

/** One company, client or tenant in a vendor system. Its display name lives in the owning account's rows. */
export const environments = pgTable(
  "environments",
  {
    id: id(),
    connector: text("connector").notNull(),
    stage: text("stage").notNull(),
    externalId: text("external_id").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("environments_external_key").on(table.connector, table.stage, table.externalId),
    check("environments_stage", isOneOf(table.stage, STAGES)),
  ],
);

/** The lock row of a cap: one per account and integration. */
export const capLocks = pgTable(
  "cap_locks",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.integrationId] })],
);

export const activationRequests = pgTable(
  "activation_requests",
  {
    id: id(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    integrationId: uuid("integration_id").notNull(),
    specificationId: uuid("specification_id").notNull(),
    draftId: uuid("draft_id").notNull(),
    linkToken: text("link_token").notNull(),
    state: text("state").$type<RequestState>().notNull(),
    submittedBy: uuid("submitted_by")
      .notNull()
      .references(() => users.id),
    notifiedEmail: text("notified_email").notNull(),
    locale: text("locale").notNull(),
    submittedAt: at("submitted_at").notNull(),
    deadlineAt: at("deadline_at").notNull(),
    decidedAt: at("decided_at"),
    decidedBy: text("decided_by"),
    /** Canonical JSON of the partner's decision, to recognize the same one again. */
    decision: jsonb("decision").$type<PartnerDecision>(),
    partnerPageOpenedAt: at("partner_page_opened_at"),
    formAnswers: jsonb("form_answers").$type<Record<string, string>>(),
    /** What the customer chose of the specification's settings; pinned with the submission. */
    settings: jsonb("settings").$type<SettingValues>(),
    settledAt: at("settled_at"),
    retryOf: uuid("retry_of"),
    /** When the partner had the customer asked to try again. */
    retryAskedAt: at("retry_asked_at"),
    /** The partner's own name for its customer, as the link had it. */
    customerRef: text("customer_ref"),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("activation_requests_owner_key").on(table.id, table.partnerId, table.accountId),
    index("activation_requests_draft").on(table.draftId),
    foreignKey({
      columns: [table.integrationId, table.partnerId],
      foreignColumns: [integrations.id, integrations.partnerId],
    }),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
    }),
    foreignKey({ columns: [table.draftId, table.accountId], foreignColumns: [drafts.id, drafts.accountId] }),
    foreignKey({
      columns: [table.retryOf, table.partnerId, table.accountId],
      foreignColumns: [table.id, table.partnerId, table.accountId],
    }),
    index("activation_requests_account").on(table.accountId, table.submittedAt),
    index("activation_requests_partner").on(table.partnerId, table.id),
    index("activation_requests_partner_state").on(table.partnerId, table.state, table.id),
    index("activation_requests_partner_integration").on(table.partnerId, table.integrationId, table.id),
    // The newest decisions, for the share of rejections.
    index("activation_requests_partner_decided")
      .on(table.partnerId, table.decidedAt)
      .where(sql`decided_at is not null`),
    index("activation_requests_partner_version").on(table.partnerId, table.specificationId, table.id),
    // Addresses are kept in lower case; compared as the names of activations are.
    index("activation_requests_partner_email").on(table.partnerId, sql`notified_email text_pattern_ops`),
    index("activation_requests_partner_ref")
      .on(table.partnerId, table.customerRef)
      .where(sql`customer_ref is not null`),
    index("activation_requests_integration").on(table.accountId, table.integrationId, table.submittedAt),
    index("activation_requests_undecided")
      .on(table.accountId, table.id)
      .where(sql`state = 'awaiting_partner'`),
    index("activation_requests_link").on(table.linkToken),
    index("activation_requests_at_work").on(table.updatedAt).where(sql`state = 'processing'`),
    index("activation_requests_settled").on(table.settledAt),
    index("activation_requests_answers_left").on(table.settledAt).where(sql`form_answers is not null`),
    index("activation_requests_due").on(table.deadlineAt).where(sql`state = 'awaiting_partner'`),
    check("activation_requests_state", isOneOf(table.state, REQUEST_STATES)),
    check("activation_requests_settled", sql`(state in ('settled', 'cancelled')) = (settled_at is not null)`),
  ],
);

/** The vendor consents that a request was submitted with: one, or several where a consent stands for one environment. */
export const requestConsents = pgTable(
  "request_consents",
  {
    /** A consent belongs to one request, for ever. */
    grantId: uuid("grant_id").primaryKey(),
    requestId: uuid("request_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
  },
  (table) => [
    unique("request_consents_request_key").on(table.requestId, table.grantId),
    foreignKey({ columns: [table.grantId, table.accountId], foreignColumns: [grants.id, grants.accountId] }),
    foreignKey({
      columns: [table.requestId, table.partnerId, table.accountId],
      foreignColumns: [activationRequests.id, activationRequests.partnerId, activationRequests.accountId],
    }),
  ],
);

export const activations = pgTable(
  "activations",
  {
    id: id(),
    requestId: uuid("request_id").notNull(),
    /** The consent that its environment was picked from. */
    grantId: uuid("grant_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    integrationId: uuid("integration_id").notNull(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id),
    externalId: text("external_id").notNull(),
    environmentName: text("environment_name").notNull(),
    businessId: text("business_id"),
    /** What a partner's search compares: the name in lower case with single spaces, the number without its signs. */
    searchName: text("search_name").generatedAlwaysAs(
      (): SQL => sql`lower(regexp_replace(btrim(normalize(environment_name, NFKC)), '\\s+', ' ', 'g'))`,
    ),
    searchNumber: text("search_number").generatedAlwaysAs(
      (): SQL => sql`regexp_replace(upper(business_id), '[^0-9A-Z]', '', 'g')`,
    ),
    state: text("state").$type<ActivationState>().notNull(),
    failureReason: text("failure_reason").$type<FailureReason>(),
    rejectionReason: text("rejection_reason"),
    vendorAnswer: jsonb("vendor_answer").$type<VendorAnswer>(),
    /** True while a live activation or connection holds the environment for this integration. */
    isOccupying: boolean("is_occupying").notNull(),
    stateSince: at("state_since").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("activations_owner_key").on(table.id, table.partnerId, table.accountId),
    unique("activations_environment_key").on(table.requestId, table.environmentId),
    foreignKey({
      columns: [table.requestId, table.partnerId, table.accountId],
      foreignColumns: [activationRequests.id, activationRequests.partnerId, activationRequests.accountId],
    }),
    foreignKey({
      columns: [table.requestId, table.grantId],
      foreignColumns: [requestConsents.requestId, requestConsents.grantId],
    }),
    index("activations_consent").on(table.grantId),
    uniqueIndex("activations_one_live").on(table.integrationId, table.environmentId).where(sql`is_occupying`),
    // Prefixes are compared byte by byte: only such comparisons are leakproof, and used under row-level security.
    index("activations_search_name").on(table.partnerId, sql`search_name text_pattern_ops`),
    index("activations_search_number").on(table.partnerId, sql`search_number text_pattern_ops`),
    index("activations_partner_external").on(table.partnerId, table.externalId),
    index("activations_in_flight")
      .on(table.accountId, table.integrationId)
      .where(sql`state in ('awaiting_partner', 'approved', 'activating')`),
    index("activations_held").on(table.integrationId, table.externalId).where(sql`is_occupying`),
    index("activations_answer_lost").on(table.id).where(sql`failure_reason = 'needs_recovery'`),
    index("activations_words_left").on(table.stateSince).where(sql`vendor_answer is not null`),
    index("activations_of_company").on(table.accountId, table.environmentId),
    index("activations_occupying").on(table.accountId, table.integrationId).where(sql`is_occupying`),
    check("activations_state", isOneOf(table.state, ACTIVATION_STATES)),
    check("activations_failure_reason", sql`(state = 'failed') = (failure_reason is not null)`),
    check(
      "activations_failure_reasons",
      sql`failure_reason is null or ${isOneOf(table.failureReason, FAILURE_REASONS)}`,
    ),
    check("activations_rejection_reason", sql`(state = 'rejected') = (rejection_reason is not null)`),
    check(
      "activations_occupying",
      sql`case when state in ('awaiting_partner', 'approved', 'activating') then is_occupying when state = 'active' then true else not is_occupying end`,
    ),
  ],
);

/** A live integration in an environment. `failed` activations never own one that is not removed. */
export const connections = pgTable(
  "connections",
  {
    id: id(),
    activationId: uuid("activation_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    integrationId: uuid("integration_id").notNull(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id),
    /** The version in force: what its customer accepted last, or what followed that without asking. Moved by `connection_updates`. */
    specificationId: uuid("specification_id").notNull(),
    state: text("state").$type<ConnectionState>().notNull(),
    attention: text("attention").$type<AttentionCause>(),
    /** `pasted`: the customer's own key. Destroying our copy does not end it at the vendor. */
    keySource: text("key_source").$type<KeySource>().notNull().default("issued"),
    rightsCheck: jsonb("rights_check").$type<RightsCheck>(),
    verifiedAt: at("verified_at"),
    /** When somebody asked for a check outside its daily turn. */
    checkWantedAt: at("check_wanted_at"),
    /** The last check came to nothing: what is known is older. null once one succeeds. */
    checkFailedAt: at("check_failed_at"),
    checkAnswer: jsonb("check_answer").$type<VendorAnswer>(),
    /** Files that waited to be read when it ended, counted by the trigger that destroys them; null while it lives. */
    droppedFiles: integer("dropped_files"),
    stateSince: at("state_since").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("connections_activation_key").on(table.activationId),
    unique("connections_id_account").on(table.id, table.partnerId, table.accountId),
    foreignKey({
      columns: [table.activationId, table.partnerId, table.accountId],
      foreignColumns: [activations.id, activations.partnerId, activations.accountId],
    }),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
      name: "connections_specification",
    }),
    // Who is still on which version, and whom a published one concerns.
    index("connections_version")
      .on(table.specificationId, table.accountId, table.id)
      .where(sql`state not in ('offboarding', 'removed')`),
    uniqueIndex("connections_one_live")
      .on(table.integrationId, table.environmentId)
      .where(sql`state not in ('offboarding', 'removed')`),
    index("connections_account").on(table.accountId, table.id),
    index("connections_in_trouble")
      .on(table.accountId, table.id)
      .where(sql`state in ('needs_attention', 'offboarding')`),
    index("connections_partner").on(table.partnerId, table.id),
    index("connections_partner_state").on(table.partnerId, table.state, table.id),
    index("connections_partner_integration").on(table.partnerId, table.integrationId, table.id),
    // As the sweep takes them: whose last check, failed ones too, is longest ago.
    index("connections_last_check")
      .on(sql`coalesce(check_failed_at, verified_at, state_since)`)
      .where(sql`state in ('active', 'needs_attention')`),
    index("connections_check_due")
      .on(sql`coalesce(verified_at, state_since)`)
      .where(sql`state in ('active', 'needs_attention')`),
    index("connections_unchecked").on(table.id).where(sql`attention = 'verification_pending'`),
    index("connections_words_left").on(table.checkFailedAt).where(sql`check_answer is not null`),
    check("connections_key_source", isOneOf(table.keySource, KEY_SOURCES)),
    check("connections_state", isOneOf(table.state, CONNECTION_STATES)),
    check("connections_attention", sql`(state = 'needs_attention') = (attention is not null)`),
    check(
      "connections_attention_causes",
      sql`attention is null or ${isOneOf(table.attention, ATTENTION_CAUSES)}`,
    ),
  ],
);

/** What was accepted: who, when, which version, and the hash of what was shown. Append-only. */
export const termsAcceptances = pgTable(
  "terms_acceptances",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    partnerId: uuid("partner_id").notNull(),
    requestId: uuid("request_id").notNull(),
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
    acceptedEmail: text("accepted_email").notNull(),
    acceptedAt: at("accepted_at").notNull(),
    environments: jsonb("environments").$type<{ externalId: string; name: string }[]>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("terms_acceptances_request_key").on(table.requestId),
    foreignKey({
      columns: [table.requestId, table.partnerId, table.accountId],
      foreignColumns: [activationRequests.id, activationRequests.partnerId, activationRequests.accountId],
    }),
  ],
);
