CREATE TABLE "connection_export_chunks" (
	"export_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "connection_export_chunks_export_id_number_pk" PRIMARY KEY("export_id","number")
);
--> statement-breakpoint
CREATE TABLE "connection_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text DEFAULT 'making' NOT NULL,
	"problem" text,
	"asked_by" uuid NOT NULL,
	"leased_by" uuid,
	"leased_at" timestamp with time zone,
	"lines_done" integer DEFAULT 0 NOT NULL,
	"lines_total" integer DEFAULT 0 NOT NULL,
	"counts" jsonb,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"chunk_count" integer DEFAULT 0 NOT NULL,
	"ready_at" timestamp with time zone,
	"ends_at" timestamp with time zone DEFAULT now() + interval '7 days' NOT NULL,
	"gone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_exports_id_owner" UNIQUE("id","connection_id","partner_id","account_id"),
	CONSTRAINT "connection_exports_state" CHECK ("connection_exports"."state" in ('making', 'ready', 'failed', 'gone')),
	CONSTRAINT "connection_exports_problem" CHECK (problem is null or "connection_exports"."problem" in ('connection_ended', 'cannot_be_opened')),
	CONSTRAINT "connection_exports_failed" CHECK (state = 'gone' or (state = 'failed') = (problem is not null)),
	CONSTRAINT "connection_exports_gone_at" CHECK ((state = 'gone') = (gone_at is not null))
);
--> statement-breakpoint
CREATE TABLE "export_tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"export_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "export_tickets_token_key" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "data_keys" DROP CONSTRAINT "data_keys_owner_kind";--> statement-breakpoint
ALTER TABLE "connection_export_chunks" ADD CONSTRAINT "connection_export_chunks_export" FOREIGN KEY ("export_id","connection_id","partner_id","account_id") REFERENCES "public"."connection_exports"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_exports" ADD CONSTRAINT "connection_exports_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_tickets" ADD CONSTRAINT "export_tickets_export" FOREIGN KEY ("export_id","connection_id","partner_id","account_id") REFERENCES "public"."connection_exports"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connection_exports_one_at_once" ON "connection_exports" USING btree ("connection_id") WHERE state = 'making';--> statement-breakpoint
CREATE INDEX "connection_exports_account" ON "connection_exports" USING btree ("account_id","connection_id","id");--> statement-breakpoint
CREATE INDEX "connection_exports_connection" ON "connection_exports" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "connection_exports_ends" ON "connection_exports" USING btree ("ends_at") WHERE state <> 'gone';--> statement-breakpoint
CREATE INDEX "connection_exports_making" ON "connection_exports" USING btree ("leased_at") WHERE state = 'making';--> statement-breakpoint
CREATE INDEX "connection_exports_gone" ON "connection_exports" USING btree ("gone_at") WHERE state = 'gone';--> statement-breakpoint
CREATE INDEX "export_tickets_of_export" ON "export_tickets" USING btree ("export_id");--> statement-breakpoint
CREATE INDEX "export_tickets_age" ON "export_tickets" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_owner_kind" CHECK ("data_keys"."owner_kind" in ('vendor_application', 'application_trial', 'grant', 'connection', 'intake_key', 'connection_data', 'evidence_key', 'connection_intake', 'intake_host', 'connection_export'));