import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  INVITATION_ACCESSES,
  INVITATION_STATES,
  type InvitationAccess,
  type InvitationState,
} from "@/lib/people/membership/schema";
import { accounts, users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { drafts } from "./flow";

/** A colleague who was asked into an account, perhaps to go on with a prepared request. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    /** Lower case. */
    email: text("email").notNull(),
    state: text("state").$type<InvitationState>().notNull().default("open"),
    /** Of the link's token, which is made when the mail is written; each mail ends the link before it. */
    tokenHash: text("token_hash"),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => users.id),
    /** The prepared request that is handed over. */
    draftId: uuid("draft_id"),
    /** `request`: the prepared request alone; `account`: membership, with everything in the account. */
    access: text("access").$type<InvitationAccess>().notNull().default("account"),
    expiresAt: at("expires_at").notNull(),
    acceptedBy: uuid("accepted_by").references(() => users.id),
    endedAt: at("ended_at"),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({ columns: [table.draftId, table.accountId], foreignColumns: [drafts.id, drafts.accountId] }),
    uniqueIndex("invitations_token_hash_key").on(table.tokenHash),
    uniqueIndex("invitations_one_open").on(table.accountId, table.email).where(sql`state = 'open'`),
    index("invitations_draft").on(table.draftId),
    // Each look at consents asks what was handed to this person.
    index("invitations_accepted_by").on(table.acceptedBy),
    check("invitations_state", isOneOf(table.state, INVITATION_STATES)),
    check("invitations_email_lower", sql`email = lower(email)`),
    check("invitations_ended", sql`(state = 'open') = (ended_at is null)`),
    check("invitations_accepted", sql`(state = 'accepted') = (accepted_by is not null)`),
    check("invitations_access", isOneOf(table.access, INVITATION_ACCESSES)),
    check("invitations_access_draft", sql`access = 'account' or draft_id is not null`),
  ],
);

/** Who was handed one prepared request, and nothing else of the account. */
export const requestGuests = pgTable(
  "request_guests",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    draftId: uuid("draft_id").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => users.id),
    /** When the guest last chose to work on it; null: the guest works in an account of their own. */
    openedAt: at("opened_at").defaultNow(),
    /** When it was taken back, or given up. */
    endedAt: at("ended_at"),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({ columns: [table.draftId, table.accountId], foreignColumns: [drafts.id, drafts.accountId] }),
    uniqueIndex("request_guests_one_live").on(table.draftId, table.userId).where(sql`ended_at is null`),
    index("request_guests_user").on(table.userId),
    index("request_guests_account").on(table.accountId),
  ],
);
