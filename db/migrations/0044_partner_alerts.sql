CREATE TABLE "partner_alerts" (
	"partner_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"waiting_hours" integer,
	"rejection_percent" integer,
	"tells_attention" boolean NOT NULL,
	"time_zone" text NOT NULL,
	"stop_token" text NOT NULL,
	"due_at" timestamp with time zone,
	"told_until" timestamp with time zone DEFAULT now() NOT NULL,
	"digest_id" uuid,
	"digest_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_alerts_partner_id_user_id_pk" PRIMARY KEY("partner_id","user_id"),
	CONSTRAINT "partner_alerts_digest" CHECK ("partner_alerts"."digest" in ('none', 'daily', 'weekly')),
	CONSTRAINT "partner_alerts_due_when_wanted" CHECK ((digest = 'none') = (due_at is null)),
	CONSTRAINT "partner_alerts_hours" CHECK (waiting_hours between 1 and 720),
	CONSTRAINT "partner_alerts_percent" CHECK (rejection_percent between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "outbox_mails" DROP CONSTRAINT "outbox_mails_kind";--> statement-breakpoint
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_scopes";--> statement-breakpoint
ALTER TABLE "partner_alerts" ADD CONSTRAINT "partner_alerts_partner_id_user_id_partner_members_partner_id_user_id_fk" FOREIGN KEY ("partner_id","user_id") REFERENCES "public"."partner_members"("partner_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "partner_alerts_stop_token_key" ON "partner_alerts" USING btree ("stop_token");--> statement-breakpoint
CREATE UNIQUE INDEX "partner_alerts_digest_key" ON "partner_alerts" USING btree ("digest_id");--> statement-breakpoint
CREATE INDEX "partner_alerts_due" ON "partner_alerts" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "activation_requests_partner_decided" ON "activation_requests" USING btree ("partner_id","decided_at") WHERE decided_at is not null;--> statement-breakpoint
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_settled_copy', 'request_recovered', 'request_recovered_copy', 'request_key_found', 'invitation', 'email_change', 'email_changed', 'request_awaits_partner', 'claim_needs_initiator', 'connections_ended', 'connections_ended_partner', 'partner_invitation', 'partner_application_received', 'partner_application_accepted', 'partner_application_refused', 'webhook_failing', 'webhook_failing_half', 'webhook_disabled', 'api_key_expires_30', 'api_key_expires_10', 'api_key_expires_1', 'specification_approved', 'specification_rejected', 'partner_digest'));--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_scopes" CHECK (scopes <@ array['requests.read', 'requests.decide', 'connections.read', 'connections.end', 'applications.read', 'specifications.read', 'links.read', 'links.manage', 'events.read', 'webhooks.read', 'webhooks.manage', 'api_keys.manage', 'gateway', 'records']::text[]);