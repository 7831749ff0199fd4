CREATE TABLE "checked_addresses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"address" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone,
	"status" integer,
	"error" text,
	CONSTRAINT "checked_addresses_key" UNIQUE("partner_id","address")
);
--> statement-breakpoint
CREATE TABLE "specification_drafts" (
	"integration_id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"writer" text,
	"writer_sequence" integer DEFAULT 0 NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "specification_reviews" (
	"specification_id" uuid PRIMARY KEY NOT NULL,
	"integration_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"note" text,
	"submitted_by" uuid NOT NULL,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text,
	"comments" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "specification_reviews_decided" CHECK ((decided_by is null) = (decided_at is null))
);
--> statement-breakpoint
ALTER TABLE "outbox_mails" DROP CONSTRAINT "outbox_mails_kind";--> statement-breakpoint
ALTER TABLE "specifications" DROP CONSTRAINT "specifications_state";--> statement-breakpoint
ALTER TABLE "checked_addresses" ADD CONSTRAINT "checked_addresses_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_drafts" ADD CONSTRAINT "specification_drafts_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_drafts" ADD CONSTRAINT "specification_drafts_integration_id_partner_id_integrations_id_partner_id_fk" FOREIGN KEY ("integration_id","partner_id") REFERENCES "public"."integrations"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_reviews" ADD CONSTRAINT "specification_reviews_submitted_by_users_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_reviews" ADD CONSTRAINT "specification_reviews_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_reviews" ADD CONSTRAINT "specification_reviews_specification_id_integration_id_partner_id_specifications_id_integration_id_partner_id_fk" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "specification_drafts_partner" ON "specification_drafts" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "specification_reviews_integration" ON "specification_reviews" USING btree ("integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "specifications_one_submitted" ON "specifications" USING btree ("integration_id") WHERE state in ('in_review', 'approved');--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_settled_copy', 'request_recovered', 'request_recovered_copy', 'request_key_found', 'invitation', 'email_change', 'email_changed', 'request_awaits_partner', 'claim_needs_initiator', 'connections_ended', 'connections_ended_partner', 'partner_invitation', 'partner_application_received', 'partner_application_accepted', 'partner_application_refused', 'webhook_failing', 'webhook_failing_half', 'webhook_disabled', 'api_key_expires_30', 'api_key_expires_10', 'api_key_expires_1', 'specification_approved', 'specification_rejected'));--> statement-breakpoint
ALTER TABLE "specifications" ADD CONSTRAINT "specifications_state" CHECK ("specifications"."state" in ('draft', 'in_review', 'approved', 'rejected', 'withdrawn', 'published', 'deprecated'));