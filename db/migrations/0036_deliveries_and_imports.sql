CREATE TABLE "import_chunks" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "import_chunks_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"file_name" text NOT NULL,
	"row_count" integer NOT NULL,
	"sent_by" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"delivery_id" uuid,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "imports_id_owner" UNIQUE("id","connection_id","partner_id","account_id"),
	CONSTRAINT "imports_state" CHECK ("imports"."state" in ('waiting', 'delivered', 'refused')),
	CONSTRAINT "imports_ended" CHECK ((state = 'waiting') = (ended_at is null))
);
--> statement-breakpoint
DROP INDEX "delivery_queues_due";--> statement-breakpoint
DROP INDEX "delivery_rows_inbox";--> statement-breakpoint
DROP INDEX "delivery_rows_inbox_partner";--> statement-breakpoint
ALTER TABLE "delivery_queues" ADD COLUMN "vendor_application_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_queues" ADD COLUMN "wakes_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD COLUMN "recovered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD COLUMN "look_ups" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_import_id_connection_id_partner_id_account_id_imports_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("import_id","connection_id","partner_id","account_id") REFERENCES "public"."imports"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_connection" ON "imports" USING btree ("account_id","connection_id","id");--> statement-breakpoint
CREATE INDEX "imports_waiting" ON "imports" USING btree ("created_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "imports_ended" ON "imports" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "deliveries_unsettled" ON "deliveries" USING btree ("connection_id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "delivery_rows_unsettled" ON "delivery_rows" USING btree ("delivery_id") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "delivery_rows_key" ON "delivery_rows" USING btree ("connection_id","key_hash");--> statement-breakpoint
CREATE INDEX "delivery_rows_replaces" ON "delivery_rows" USING btree ("replaces_row_id") WHERE replaces_row_id is not null;--> statement-breakpoint
CREATE INDEX "delivery_queues_due" ON "delivery_queues" USING btree ("vendor_application_id","served_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "delivery_rows_inbox" ON "delivery_rows" USING btree ("account_id","connection_id","cause") WHERE state in ('rejected', 'waiting', 'unknown', 'incomplete') and recovered_at is null;--> statement-breakpoint
CREATE INDEX "delivery_rows_inbox_partner" ON "delivery_rows" USING btree ("partner_id","connection_id","cause") WHERE state in ('rejected', 'waiting', 'unknown', 'incomplete') and recovered_at is null;