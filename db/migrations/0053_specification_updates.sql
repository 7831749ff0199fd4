CREATE TABLE "account_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_updates_key" UNIQUE("account_id","specification_id"),
	CONSTRAINT "account_updates_verdicts" CHECK ("account_updates"."verdict" in ('silent', 'announced', 'needs_consent'))
);
--> statement-breakpoint
CREATE TABLE "connection_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"from_specification_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"acceptance_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_updates_key" UNIQUE("connection_id","specification_id"),
	CONSTRAINT "connection_updates_consent" CHECK (("connection_updates"."verdict" = 'needs_consent') = (acceptance_id is not null))
);
--> statement-breakpoint
CREATE TABLE "specification_updates" (
	"from_specification_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"findings" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "specification_updates_from_specification_id_specification_id_pk" PRIMARY KEY("from_specification_id","specification_id"),
	CONSTRAINT "specification_updates_verdict" UNIQUE("from_specification_id","specification_id","verdict"),
	CONSTRAINT "specification_updates_verdicts" CHECK ("specification_updates"."verdict" in ('silent', 'announced', 'needs_consent'))
);
--> statement-breakpoint
CREATE TABLE "update_acceptances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"language" text NOT NULL,
	"structure_hash" text,
	"language_hash" text,
	"accepted_by" uuid NOT NULL,
	"accepted_email" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "update_acceptances_of_version" UNIQUE("id","account_id","specification_id")
);
--> statement-breakpoint
ALTER TABLE "connections" DROP CONSTRAINT "connections_state";--> statement-breakpoint
ALTER TABLE "outbox_mails" DROP CONSTRAINT "outbox_mails_kind";--> statement-breakpoint
ALTER TABLE "webhook_events" DROP CONSTRAINT "webhook_events_type";--> statement-breakpoint
DROP INDEX "connections_in_trouble";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "specification_id" uuid;--> statement-breakpoint
-- What is in force so far is what was accepted with the activation. Row-level security is forced on the owner, who would see no row
-- here, nor would the check of the new foreign key; triggers would tell partners' software of changes that are none.
ALTER TABLE "connections" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activation_requests" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "specifications" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "connections" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "connections" SET "specification_id" = r."specification_id" FROM "activations" a JOIN "activation_requests" r ON r."id" = a."request_id" WHERE a."id" = "connections"."activation_id";--> statement-breakpoint
ALTER TABLE "connections" ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "connections" ALTER COLUMN "specification_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "account_updates" ADD CONSTRAINT "account_updates_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_updates" ADD CONSTRAINT "account_updates_specification" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_updates" ADD CONSTRAINT "connection_updates_connection" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_updates" ADD CONSTRAINT "connection_updates_step" FOREIGN KEY ("from_specification_id","specification_id","verdict") REFERENCES "public"."specification_updates"("from_specification_id","specification_id","verdict") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_updates" ADD CONSTRAINT "connection_updates_acceptance" FOREIGN KEY ("acceptance_id","account_id","specification_id") REFERENCES "public"."update_acceptances"("id","account_id","specification_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_updates" ADD CONSTRAINT "specification_updates_from" FOREIGN KEY ("from_specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specification_updates" ADD CONSTRAINT "specification_updates_to" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "update_acceptances" ADD CONSTRAINT "update_acceptances_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "update_acceptances" ADD CONSTRAINT "update_acceptances_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "update_acceptances" ADD CONSTRAINT "update_acceptances_specification" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_updates_acceptances" ON "connection_updates" USING btree ("acceptance_id");--> statement-breakpoint
CREATE INDEX "update_acceptances_account" ON "update_acceptances" USING btree ("account_id","id");--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_specification" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connections_version" ON "connections" USING btree ("specification_id","account_id","id") WHERE state not in ('offboarding', 'removed');--> statement-breakpoint
CREATE INDEX "connections_in_trouble" ON "connections" USING btree ("account_id","id") WHERE state in ('needs_attention', 'offboarding');--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_state" CHECK ("connections"."state" in ('active', 'needs_attention', 'offboarding', 'removed'));--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_settled_copy', 'request_recovered', 'request_recovered_copy', 'request_key_found', 'invitation', 'email_change', 'email_changed', 'request_awaits_partner', 'claim_needs_initiator', 'connections_ended', 'connections_ended_partner', 'ended_key_used', 'ended_key_used_partner', 'partner_invitation', 'partner_application_received', 'partner_application_accepted', 'partner_application_refused', 'webhook_failing', 'webhook_failing_half', 'webhook_disabled', 'api_key_expires_30', 'api_key_expires_10', 'api_key_expires_1', 'specification_approved', 'specification_rejected', 'specification_published', 'specification_not_published', 'partner_digest', 'update_required', 'update_announced'));--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_type" CHECK ("webhook_events"."type" in ('request.submitted', 'request.decided', 'request.settled', 'activation.active', 'activation.failed', 'connection.preparing', 'connection.active', 'connection.needs_attention', 'connection.updated', 'connection.ended', 'endpoint.test'));--> statement-breakpoint
ALTER TABLE "specifications" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activation_requests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "connections" FORCE ROW LEVEL SECURITY;
