import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { DIGEST_PACES, type DigestPace } from "@/lib/partner/alert/schema";
import { APPLICATION_STATES, type ApplicationState } from "@/lib/partner/join/schema";
import { MONITORED_LISTS, type MonitoredList } from "@/lib/partner/monitoring/lists";
import { PARTNER_ROLES, type PartnerRole } from "@/lib/partner/organization/roles";
import { INVITATION_STATES, type InvitationState } from "@/lib/people/membership/schema";
import { partnerMembers, partners, users } from "./account";
import { activationRequests } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";

/** Somebody who was asked into a partner, with the role that waits for them. */
export const partnerInvitations = pgTable(
  "partner_invitations",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    /** Lower case. */
    email: text("email").notNull(),
    role: text("role").$type<PartnerRole>().notNull(),
    state: text("state").$type<InvitationState>().notNull().default("open"),
    /** Of the link's token, which is made when the mail is written; each mail ends the link before it. */
    tokenHash: text("token_hash"),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => users.id),
    expiresAt: at("expires_at").notNull(),
    acceptedBy: uuid("accepted_by").references(() => users.id),
    endedAt: at("ended_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("partner_invitations_token_hash_key").on(table.tokenHash),
    uniqueIndex("partner_invitations_one_open").on(table.partnerId, table.email).where(sql`state = 'open'`),
    check("partner_invitations_state", isOneOf(table.state, INVITATION_STATES)),
    check("partner_invitations_role", isOneOf(table.role, PARTNER_ROLES)),
    check("partner_invitations_email_lower", sql`email = lower(email)`),
    check("partner_invitations_ended", sql`(state = 'open') = (ended_at is null)`),
    check("partner_invitations_accepted", sql`(state = 'accepted') = (accepted_by is not null)`),
  ],
);

/** An organization that asks to become a partner. Its person signed in first, so the address is proven. */
export const partnerApplications = pgTable(
  "partner_applications",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    name: text("name").notNull(),
    businessId: text("business_id").notNull(),
    websiteUrl: text("website_url").notNull(),
    message: text("message").notNull(),
    locale: text("locale").notNull(),
    state: text("state").$type<ApplicationState>().notNull().default("open"),
    /** What the operator wrote with a refusal. */
    reason: text("reason"),
    decidedBy: uuid("decided_by").references(() => users.id),
    decidedAt: at("decided_at"),
    partnerId: uuid("partner_id").references(() => partners.id),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("partner_applications_one_open").on(table.userId).where(sql`state = 'open'`),
    index("partner_applications_state").on(table.state, table.id),
    check("partner_applications_state", isOneOf(table.state, APPLICATION_STATES)),
    check("partner_applications_decided", sql`(state = 'open') = (decided_at is null)`),
    check("partner_applications_accepted", sql`(state = 'accepted') = (partner_id is not null)`),
    check("partner_applications_refused", sql`(state = 'refused') = (reason is not null)`),
  ],
);

/** What a partner's members write down about a request for each other. */
export const requestNotes = pgTable(
  "request_notes",
  {
    id: id(),
    requestId: uuid("request_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    body: text("body").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("request_notes_request").on(table.partnerId, table.requestId),
    foreignKey({
      columns: [table.requestId, table.partnerId, table.accountId],
      foreignColumns: [activationRequests.id, activationRequests.partnerId, activationRequests.accountId],
    }),
  ],
);

/** A list with its filter, as a member named and kept it. It goes with the membership. */
export const partnerViews = pgTable(
  "partner_views",
  {
    id: id(),
    partnerId: uuid("partner_id").notNull(),
    userId: uuid("user_id").notNull(),
    list: text("list").$type<MonitoredList>().notNull(),
    name: text("name").notNull(),
    /** The filter as it stands in the address, e.g. `state=settled&q=oy`. */
    query: text("query").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      columns: [table.partnerId, table.userId],
      foreignColumns: [partnerMembers.partnerId, partnerMembers.userId],
    }).onDelete("cascade"),
    unique("partner_views_name_key").on(table.partnerId, table.userId, table.list, table.name),
    check("partner_views_list", isOneOf(table.list, MONITORED_LISTS)),
  ],
);

/** What a member wants to hear of by mail, and when next. It goes with the membership. */
export const partnerAlerts = pgTable(
  "partner_alerts",
  {
    partnerId: uuid("partner_id").notNull(),
    userId: uuid("user_id").notNull(),
    digest: text("digest").$type<DigestPace>().notNull(),
    /** Requests that have waited longer are told; null: none. */
    waitingHours: integer("waiting_hours"),
    /** A share of rejected companies from which on it is told; null: never. */
    rejectionPercent: integer("rejection_percent"),
    tellsAttention: boolean("tells_attention").notNull(),
    timeZone: text("time_zone").notNull(),
    /** Stands in the links of its mails, and stops them; it opens nothing else. */
    stopToken: text("stop_token").notNull(),
    /** When the next digest is gathered; null: no mails are wanted. */
    dueAt: at("due_at"),
    /** Since when the next digest tells what is new. */
    toldUntil: at("told_until").notNull().defaultNow(),
    /** Names the digest that was queued last, so that its mail is queued once and an older one is not sent any more. */
    digestId: uuid("digest_id"),
    digestSince: at("digest_since"),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.userId] }),
    foreignKey({
      columns: [table.partnerId, table.userId],
      foreignColumns: [partnerMembers.partnerId, partnerMembers.userId],
    }).onDelete("cascade"),
    uniqueIndex("partner_alerts_stop_token_key").on(table.stopToken),
    uniqueIndex("partner_alerts_digest_key").on(table.digestId),
    index("partner_alerts_due").on(table.dueAt).where(sql`due_at is not null`),
    check("partner_alerts_digest", isOneOf(table.digest, DIGEST_PACES)),
    check("partner_alerts_due_when_wanted", sql`(digest = 'none') = (due_at is null)`),
    check("partner_alerts_hours", sql`waiting_hours between 1 and 720`),
    check("partner_alerts_percent", sql`rejection_percent between 1 and 100`),
  ],
);
