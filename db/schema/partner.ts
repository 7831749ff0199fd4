import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { API_KEY_SCOPES, type ApiKeyScope, FORMER_SCOPES } from "@/lib/partner/organization/roles";
import { partners, users } from "./account";
import { activationRequests } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";
import { STAGES } from "./integration";

/** Keys of the partner API: random, shown once, stored as a hash, bound to partner and stage. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    stage: text("stage").notNull(),
    name: text("name").notNull(),
    /** The visible first characters. */
    prefix: text("prefix").notNull(),
    keyHash: text("key_hash").notNull(),
    createdBy: uuid("created_by").references(() => users.id),
    /** What the key may do. Keys from before there were scopes keep the calls that there were. */
    scopes: text("scopes")
      .array()
      .$type<ApiKeyScope[]>()
      .notNull()
      .default([...FORMER_SCOPES]),
    expiresAt: at("expires_at"),
    /** To the minute. */
    lastUsedAt: at("last_used_at"),
    revokedAt: at("revoked_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("api_keys_key_hash_key").on(table.keyHash),
    index("api_keys_partner").on(table.partnerId),
    check("api_keys_stage", isOneOf(table.stage, STAGES)),
    check(
      "api_keys_scopes",
      sql`scopes <@ array[${sql.raw(API_KEY_SCOPES.map((scope) => `'${scope}'`).join(", "))}]::text[]`,
    ),
  ],
);

/** The single-use code in the URL of the partner's own page. */
export const handoffCodes = pgTable(
  "handoff_codes",
  {
    id: id(),
    requestId: uuid("request_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    codeHash: text("code_hash").notNull(),
    expiresAt: at("expires_at").notNull(),
    redeemedAt: at("redeemed_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("handoff_codes_code_hash_key").on(table.codeHash),
    index("handoff_codes_request").on(table.requestId),
    foreignKey({
      columns: [table.requestId, table.partnerId, table.accountId],
      foreignColumns: [activationRequests.id, activationRequests.partnerId, activationRequests.accountId],
    }),
  ],
);
