import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { JWK } from "jose";
import {
  PASTED_KEY_REFUSALS,
  PASTED_KEY_STATES,
  type PastedKeyFinding,
  type PastedKeyRefusal,
  type PastedKeyState,
} from "@/lib/activation/pasted-key/schema";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { accounts, users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { drafts } from "./flow";

/** Public halves of the worker's key pairs: what the web process encrypts to. The private ones lie in `sealed_secrets`. */
export const intakeKeys = pgTable("intake_keys", {
  id: id(),
  publicKey: jsonb("public_key").$type<JWK>().notNull(),
  createdAt: createdAt(),
});

/** A key that a customer pasted, on its way to the worker, and what became of it. */
export const pastedKeys = pgTable(
  "pasted_keys",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    /** What it is for: a draft, in the place of a consent, or an activation that lost its key. */
    draftId: uuid("draft_id"),
    activationId: uuid("activation_id"),
    state: text("state").$type<PastedKeyState>().notNull().default("checking"),
    /** Encrypted to the worker, compact JWE; system only, and gone once it was looked at. */
    sealedKey: text("sealed_key"),
    refusedBecause: text("refused_because").$type<PastedKeyRefusal>(),
    finding: jsonb("finding").$type<PastedKeyFinding>().notNull().default({}),
    vendorAnswer: jsonb("vendor_answer").$type<VendorAnswer>(),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.draftId, table.accountId], foreignColumns: [drafts.id, drafts.accountId] }),
    // One at a time: a second click is no second key.
    uniqueIndex("pasted_keys_one_check")
      .on(sql`coalesce(draft_id, activation_id)`)
      .where(sql`state = 'checking'`),
    index("pasted_keys_account").on(table.accountId),
    check("pasted_keys_state", isOneOf(table.state, PASTED_KEY_STATES)),
    check("pasted_keys_target", sql`num_nonnulls(draft_id, activation_id) = 1`),
    check("pasted_keys_sealed", sql`(state = 'checking') = (sealed_key is not null)`),
    check("pasted_keys_refusal", sql`(state = 'refused') = (refused_because is not null)`),
    check(
      "pasted_keys_refusals",
      sql`refused_because is null or ${isOneOf(table.refusedBecause, PASTED_KEY_REFUSALS)}`,
    ),
  ],
);
