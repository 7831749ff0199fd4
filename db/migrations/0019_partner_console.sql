CREATE TABLE "partner_applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"business_id" text NOT NULL,
	"website_url" text NOT NULL,
	"message" text NOT NULL,
	"locale" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"partner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_applications_state" CHECK ("partner_applications"."state" in ('open', 'accepted', 'refused')),
	CONSTRAINT "partner_applications_decided" CHECK ((state = 'open') = (decided_at is null)),
	CONSTRAINT "partner_applications_accepted" CHECK ((state = 'accepted') = (partner_id is not null)),
	CONSTRAINT "partner_applications_refused" CHECK ((state = 'refused') = (reason is not null))
);
--> statement-breakpoint
CREATE TABLE "partner_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"token_hash" text,
	"invited_by" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_by" uuid,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_invitations_state" CHECK ("partner_invitations"."state" in ('open', 'accepted', 'withdrawn', 'expired')),
	CONSTRAINT "partner_invitations_role" CHECK ("partner_invitations"."role" in ('owner', 'admin', 'support', 'auditor')),
	CONSTRAINT "partner_invitations_email_lower" CHECK (email = lower(email)),
	CONSTRAINT "partner_invitations_ended" CHECK ((state = 'open') = (ended_at is null)),
	CONSTRAINT "partner_invitations_accepted" CHECK ((state = 'accepted') = (accepted_by is not null))
);
--> statement-breakpoint
CREATE TABLE "request_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "partner_members" DROP CONSTRAINT "partner_members_role";--> statement-breakpoint
ALTER TABLE "outbox_mails" DROP CONSTRAINT "outbox_mails_kind";--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "market_name" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "logo" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "support_email" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "incident_email" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "review_email" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "website_url" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "support_url" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "terms_url" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "privacy_url" text;--> statement-breakpoint
ALTER TABLE "activations" ADD COLUMN "search_name" text GENERATED ALWAYS AS (lower(regexp_replace(btrim(normalize(environment_name, NFKC)), '\s+', ' ', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "activations" ADD COLUMN "search_number" text GENERATED ALWAYS AS (regexp_replace(upper(business_id), '[^0-9A-Z]', '', 'g')) STORED;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "scopes" text[] DEFAULT '{"requests.decide","connections.end"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "partner_applications" ADD CONSTRAINT "partner_applications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_applications" ADD CONSTRAINT "partner_applications_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_applications" ADD CONSTRAINT "partner_applications_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_invitations" ADD CONSTRAINT "partner_invitations_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_invitations" ADD CONSTRAINT "partner_invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_invitations" ADD CONSTRAINT "partner_invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_notes" ADD CONSTRAINT "request_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_notes" ADD CONSTRAINT "request_notes_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("request_id","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "partner_applications_one_open" ON "partner_applications" USING btree ("user_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "partner_applications_state" ON "partner_applications" USING btree ("state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "partner_invitations_token_hash_key" ON "partner_invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "partner_invitations_one_open" ON "partner_invitations" USING btree ("partner_id","email") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "request_notes_request" ON "request_notes" USING btree ("partner_id","request_id");--> statement-breakpoint
CREATE INDEX "partner_members_user" ON "partner_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "activation_requests_partner" ON "activation_requests" USING btree ("partner_id","id");--> statement-breakpoint
CREATE INDEX "activation_requests_partner_state" ON "activation_requests" USING btree ("partner_id","state","id");--> statement-breakpoint
CREATE INDEX "activation_requests_partner_integration" ON "activation_requests" USING btree ("partner_id","integration_id","id");--> statement-breakpoint
CREATE INDEX "activations_search_name" ON "activations" USING btree ("partner_id",search_name text_pattern_ops);--> statement-breakpoint
CREATE INDEX "activations_search_number" ON "activations" USING btree ("partner_id",search_number text_pattern_ops);--> statement-breakpoint
CREATE INDEX "connections_partner" ON "connections" USING btree ("partner_id","id");--> statement-breakpoint
CREATE INDEX "outbox_mails_partner" ON "outbox_mails" USING btree ("partner_id","subject_id");--> statement-breakpoint
CREATE INDEX "api_keys_partner" ON "api_keys" USING btree ("partner_id");--> statement-breakpoint
ALTER TABLE "partner_members" ADD CONSTRAINT "partner_members_role" CHECK ("partner_members"."role" in ('owner', 'admin', 'support', 'auditor'));--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_settled_copy', 'request_recovered', 'request_recovered_copy', 'request_key_found', 'invitation', 'email_change', 'email_changed', 'request_awaits_partner', 'claim_needs_initiator', 'connections_ended', 'connections_ended_partner', 'partner_invitation', 'partner_application_received', 'partner_application_accepted', 'partner_application_refused'));--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_scopes" CHECK (scopes <@ array['requests.decide', 'connections.end']::text[]);--> statement-breakpoint
-- Row-level security is forced on the owner, who would see no member here and change nothing.
ALTER TABLE "partner_members" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- A partner whose members were all entered as admins gets an owner: the oldest of them.
UPDATE "partner_members" m SET "role" = 'owner'
WHERE m."role" = 'admin'
  AND NOT EXISTS (SELECT FROM "partner_members" o WHERE o."partner_id" = m."partner_id" AND o."role" = 'owner')
  AND m."user_id" = (
    SELECT f."user_id" FROM "partner_members" f WHERE f."partner_id" = m."partner_id" AND f."role" = 'admin'
    ORDER BY f."created_at", f."user_id" LIMIT 1
  );--> statement-breakpoint
ALTER TABLE "partner_members" FORCE ROW LEVEL SECURITY;