import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./account";
import { at, createdAt, id } from "./columns";

/** A person's wish to sign in by another address, until it is confirmed there; and the way back from it. */
export const emailChanges = pgTable(
  "email_changes",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    oldEmail: text("old_email").notNull(),
    /** Lower case. */
    newEmail: text("new_email").notNull(),
    /** Of the token in the mail to the new address; made when that mail is written. */
    tokenHash: text("token_hash"),
    /** Of the token in the notice to the old address. */
    undoTokenHash: text("undo_token_hash"),
    expiresAt: at("expires_at").notNull(),
    /** Confirmed, or replaced by a newer wish. */
    endedAt: at("ended_at"),
    confirmedAt: at("confirmed_at"),
    /** The owner of the old address can take it back until then. */
    undoUntil: at("undo_until"),
    /** Taken back, itself or with an earlier change: its own way back has ended. */
    undoneAt: at("undone_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("email_changes_token_hash_key").on(table.tokenHash),
    uniqueIndex("email_changes_undo_token_hash_key").on(table.undoTokenHash),
    uniqueIndex("email_changes_one_open").on(table.userId).where(sql`ended_at is null`),
    index("email_changes_user").on(table.userId),
    check("email_changes_lower", sql`new_email = lower(new_email) and old_email = lower(old_email)`),
    check("email_changes_confirmed", sql`(confirmed_at is null) = (undo_until is null)`),
  ],
);
