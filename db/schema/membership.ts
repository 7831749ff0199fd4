import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { INVITATION_STATES, type InvitationState } from "@/lib/people/membership/schema";
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
    check("invitations_state", isOneOf(table.state, INVITATION_STATES)),
    check("invitations_email_lower", sql`email = lower(email)`),
    check("invitations_ended", sql`(state = 'open') = (ended_at is null)`),
    check("invitations_accepted", sql`(state = 'accepted') = (accepted_by is not null)`),
  ],
);
