CREATE TABLE "retirement_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"retirement_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retirement_notices_key" UNIQUE("retirement_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "retirements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"integration_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"ends_on" date NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"note" text NOT NULL,
	"replacement_name" text,
	"replacement_url" text,
	"announced_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reminded_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	CONSTRAINT "retirements_id_partner" UNIQUE("id","partner_id"),
	CONSTRAINT "retirements_notice" CHECK (ends_at >= created_at + interval '29 days'),
	CONSTRAINT "retirements_replacement" CHECK ((replacement_name is null) = (replacement_url is null)),
	CONSTRAINT "retirements_withdrawn" CHECK ((withdrawn_at is null) = (withdrawn_by is null))
);
--> statement-breakpoint
ALTER TABLE "outbox_mails" DROP CONSTRAINT "outbox_mails_kind";--> statement-breakpoint
ALTER TABLE "retirement_notices" ADD CONSTRAINT "retirement_notices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retirement_notices" ADD CONSTRAINT "retirement_notices_retirement" FOREIGN KEY ("retirement_id","partner_id") REFERENCES "public"."retirements"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retirements" ADD CONSTRAINT "retirements_announced_by_users_id_fk" FOREIGN KEY ("announced_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retirements" ADD CONSTRAINT "retirements_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retirements" ADD CONSTRAINT "retirements_integration_id_partner_id_integrations_id_partner_id_fk" FOREIGN KEY ("integration_id","partner_id") REFERENCES "public"."integrations"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "retirements_one" ON "retirements" USING btree ("integration_id") WHERE withdrawn_at is null;--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_settled_copy', 'request_recovered', 'request_recovered_copy', 'request_key_found', 'invitation', 'email_change', 'email_changed', 'request_awaits_partner', 'claim_needs_initiator', 'connections_ended', 'connections_ended_partner', 'ended_key_used', 'ended_key_used_partner', 'partner_invitation', 'partner_application_received', 'partner_application_accepted', 'partner_application_refused', 'webhook_failing', 'webhook_failing_half', 'webhook_disabled', 'api_key_expires_30', 'api_key_expires_10', 'api_key_expires_1', 'specification_approved', 'specification_rejected', 'specification_published', 'specification_not_published', 'partner_digest', 'update_required', 'update_announced', 'integration_retires', 'integration_retires_soon', 'integration_stays'));