CREATE TABLE "application_trials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_application_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"client_id" text,
	"settings" jsonb,
	"replaces" text[] DEFAULT '{}' NOT NULL,
	"sealed" text,
	"checks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failure" text,
	"vendor_answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "application_trials_kind" CHECK ("application_trials"."kind" in ('live', 'change')),
	CONSTRAINT "application_trials_state" CHECK ("application_trials"."state" in ('waiting', 'running', 'passed', 'refused', 'discarded')),
	CONSTRAINT "application_trials_failure" CHECK (failure is null or (state in ('refused', 'discarded') and "application_trials"."failure" in ('refused', 'unreachable', 'setting', 'incomplete', 'unreadable', 'taken', 'in_use', 'not_tried'))),
	CONSTRAINT "application_trials_refused" CHECK (state <> 'refused' or failure is not null),
	CONSTRAINT "application_trials_change" CHECK ((kind = 'change') = (client_id is not null and settings is not null)),
	CONSTRAINT "application_trials_sealed" CHECK (sealed is null or state in ('waiting', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "link_openings" (
	"link_id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data_keys" DROP CONSTRAINT "data_keys_owner_kind";--> statement-breakpoint
ALTER TABLE "activation_links" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "vendor_applications" ADD COLUMN "proven_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "application_trials" ADD CONSTRAINT "application_trials_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_trials" ADD CONSTRAINT "application_trials_vendor_application_id_partner_id_vendor_applications_id_partner_id_fk" FOREIGN KEY ("vendor_application_id","partner_id") REFERENCES "public"."vendor_applications"("id","partner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_openings" ADD CONSTRAINT "link_openings_link_id_activation_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."activation_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_trials_application" ON "application_trials" USING btree ("vendor_application_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "application_trials_one_open" ON "application_trials" USING btree ("vendor_application_id") WHERE state in ('waiting', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "application_trials_one_change" ON "application_trials" USING btree ("vendor_application_id") WHERE kind = 'change' and state in ('waiting', 'running', 'refused');--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_owner_kind" CHECK ("data_keys"."owner_kind" in ('vendor_application', 'application_trial', 'grant', 'connection', 'intake_key', 'connection_data'));