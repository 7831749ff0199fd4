CREATE TABLE "offboarding_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "offboarding_steps_kind_key" UNIQUE("connection_id","kind"),
	CONSTRAINT "offboarding_steps_kind" CHECK ("offboarding_steps"."kind" in ('asked', 'calls_stopped', 'key_removed', 'key_left_to_customer', 'key_shared', 'key_proven_dead', 'key_still_works', 'key_not_proven', 'data_key_destroyed', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "offboardings" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"ask_id" uuid NOT NULL,
	"asked_by" text NOT NULL,
	"asked_by_user" uuid,
	"asked_by_key" uuid,
	"reason" text,
	"key_fate" text DEFAULT 'pending' NOT NULL,
	"removal_answer" jsonb,
	"handled_at" timestamp with time zone,
	"last_probe" text,
	"last_probe_at" timestamp with time zone,
	"probe_wanted_at" timestamp with time zone,
	"next_probe_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "offboardings_owner_key" UNIQUE("connection_id","partner_id","account_id"),
	CONSTRAINT "offboardings_asked_by" CHECK ("offboardings"."asked_by" in ('customer', 'partner', 'system')),
	CONSTRAINT "offboardings_key_fate" CHECK ("offboardings"."key_fate" in ('pending', 'removed', 'left_to_customer', 'shared')),
	CONSTRAINT "offboardings_last_probe" CHECK (last_probe is null or "offboardings"."last_probe" in ('dead', 'alive', 'unknown')),
	CONSTRAINT "offboardings_outcome" CHECK (outcome is null or "offboardings"."outcome" in ('proven_dead', 'still_works', 'not_proven', 'shared')),
	CONSTRAINT "offboardings_closed" CHECK ((closed_at is null) = (outcome is null))
);
--> statement-breakpoint
ALTER TABLE "outbox_mails" DROP CONSTRAINT "outbox_mails_kind";--> statement-breakpoint
DROP INDEX "connections_one_live";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "check_wanted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "check_failed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "check_answer" jsonb;--> statement-breakpoint
ALTER TABLE "offboarding_steps" ADD CONSTRAINT "offboarding_steps_connection_id_partner_id_account_id_offboardings_connection_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."offboardings"("connection_id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offboardings" ADD CONSTRAINT "offboardings_asked_by_user_users_id_fk" FOREIGN KEY ("asked_by_user") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offboardings" ADD CONSTRAINT "offboardings_asked_by_key_api_keys_id_fk" FOREIGN KEY ("asked_by_key") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offboardings" ADD CONSTRAINT "offboardings_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offboardings_ask" ON "offboardings" USING btree ("ask_id");--> statement-breakpoint
CREATE INDEX "offboardings_due" ON "offboardings" USING btree ("next_probe_at") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_live" ON "connections" USING btree ("integration_id","environment_id") WHERE state not in ('offboarding', 'removed');--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_settled_copy', 'invitation', 'email_change', 'email_changed', 'request_awaits_partner', 'claim_needs_initiator', 'connections_ended', 'connections_ended_partner'));