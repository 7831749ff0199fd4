CREATE TABLE "connection_counters" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"day" date NOT NULL,
	"outcome" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "connection_counters_connection_id_entity_day_outcome_pk" PRIMARY KEY("connection_id","entity","day","outcome"),
	CONSTRAINT "connection_counters_outcome" CHECK ("connection_counters"."outcome" in ('written', 'incomplete', 'unchanged', 'rejected', 'waiting', 'unknown', 'superseded'))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"door" text NOT NULL,
	"sent_by" uuid,
	"state" text DEFAULT 'collecting' NOT NULL,
	"number" bigint,
	"row_count" integer,
	"closed_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_id_owner" UNIQUE("id","connection_id","partner_id","account_id"),
	CONSTRAINT "deliveries_number_key" UNIQUE("connection_id","number"),
	CONSTRAINT "deliveries_door" CHECK ("deliveries"."door" in ('api', 'page', 'sftp', 'service', 'agent')),
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('collecting', 'queued', 'settled', 'dropped')),
	CONSTRAINT "deliveries_number_when_closed" CHECK ((state in ('queued', 'settled')) = (number is not null and row_count is not null and closed_at is not null))
);
--> statement-breakpoint
CREATE TABLE "delivery_queues" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"due_at" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"leased_by" uuid,
	"served_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	CONSTRAINT "delivery_queues_connection_id_pk" PRIMARY KEY("connection_id")
);
--> statement-breakpoint
CREATE TABLE "delivery_rows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"position" integer NOT NULL,
	"key_hash" text,
	"content_hash" text,
	"sealed_key" text,
	"sealed_body" text,
	"state" text NOT NULL,
	"delivery_number" bigint,
	"cause" text,
	"field" text,
	"vendor_code" text,
	"sealed_problems" text,
	"sealed_record" text,
	"was_created" boolean,
	"replaces_row_id" uuid,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"sent_under" uuid,
	"sent_at" timestamp with time zone,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_rows_position_key" UNIQUE("delivery_id","position"),
	CONSTRAINT "delivery_rows_id_account" UNIQUE("id","partner_id","account_id"),
	CONSTRAINT "delivery_rows_state" CHECK ("delivery_rows"."state" in ('collected', 'queued', 'sending', 'written', 'incomplete', 'unchanged', 'rejected', 'waiting', 'unknown', 'superseded')),
	CONSTRAINT "delivery_rows_cause" CHECK ((state in ('rejected', 'waiting')) = (cause is not null)),
	CONSTRAINT "delivery_rows_number" CHECK (state in ('collected', 'rejected') or delivery_number is not null)
);
--> statement-breakpoint
CREATE TABLE "entity_settings" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"settings" jsonb NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entity_settings_connection_id_entity_pk" PRIMARY KEY("connection_id","entity")
);
--> statement-breakpoint
CREATE TABLE "outcome_events" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"row_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"outcome" text NOT NULL,
	"cause" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outcome_events_connection_id_number_pk" PRIMARY KEY("connection_id","number"),
	CONSTRAINT "outcome_events_outcome" CHECK ("outcome_events"."outcome" in ('written', 'incomplete', 'unchanged', 'rejected', 'waiting', 'unknown', 'superseded'))
);
--> statement-breakpoint
CREATE TABLE "outcome_feeds" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"last_number" bigint DEFAULT 0 NOT NULL,
	"last_delivery" bigint DEFAULT 0 NOT NULL,
	"epoch" uuid NOT NULL,
	CONSTRAINT "outcome_feeds_connection_id_pk" PRIMARY KEY("connection_id")
);
--> statement-breakpoint
CREATE TABLE "row_verdicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"row_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"sealed" text,
	"decided_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "row_verdicts_row_key" UNIQUE("row_id"),
	CONSTRAINT "row_verdicts_verdict" CHECK ("row_verdicts"."verdict" in ('retry', 'fix', 'exists', 'absent', 'accept', 'dismiss')),
	CONSTRAINT "row_verdicts_sealed" CHECK ((verdict in ('fix', 'exists')) = (sealed is not null))
);
--> statement-breakpoint
CREATE TABLE "written_records" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"key_hash" text NOT NULL,
	"content_hash" text,
	"sealed_record" text NOT NULL,
	"row_id" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "written_records_connection_id_key_hash_pk" PRIMARY KEY("connection_id","key_hash")
);
--> statement-breakpoint
ALTER TABLE "connection_counters" ADD CONSTRAINT "connection_counters_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_queues" ADD CONSTRAINT "delivery_queues_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD CONSTRAINT "delivery_rows_delivery_id_connection_id_partner_id_account_id_deliveries_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("delivery_id","connection_id","partner_id","account_id") REFERENCES "public"."deliveries"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entity_settings" ADD CONSTRAINT "entity_settings_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_feeds" ADD CONSTRAINT "outcome_feeds_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "row_verdicts" ADD CONSTRAINT "row_verdicts_row_id_partner_id_account_id_delivery_rows_id_partner_id_account_id_fk" FOREIGN KEY ("row_id","partner_id","account_id") REFERENCES "public"."delivery_rows"("id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "written_records" ADD CONSTRAINT "written_records_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_counters_partner" ON "connection_counters" USING btree ("partner_id","connection_id","day");--> statement-breakpoint
CREATE INDEX "connection_counters_account" ON "connection_counters" USING btree ("account_id","connection_id","day");--> statement-breakpoint
CREATE INDEX "deliveries_account" ON "deliveries" USING btree ("account_id","connection_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_partner" ON "deliveries" USING btree ("partner_id","connection_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_open" ON "deliveries" USING btree ("created_at") WHERE state = 'collecting';--> statement-breakpoint
CREATE INDEX "deliveries_ended" ON "deliveries" USING btree ("settled_at") WHERE state in ('settled', 'dropped');--> statement-breakpoint
CREATE INDEX "delivery_queues_due" ON "delivery_queues" USING btree ("served_at") WHERE due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_rows_one_sent" ON "delivery_rows" USING btree ("connection_id","key_hash") WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_rows_one_next" ON "delivery_rows" USING btree ("connection_id","key_hash") WHERE state in ('queued', 'waiting');--> statement-breakpoint
CREATE INDEX "delivery_rows_queue" ON "delivery_rows" USING btree ("connection_id","delivery_number","position") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "delivery_rows_open" ON "delivery_rows" USING btree ("connection_id","state","next_at") WHERE state in ('sending', 'unknown', 'waiting', 'incomplete');--> statement-breakpoint
CREATE INDEX "delivery_rows_inbox" ON "delivery_rows" USING btree ("account_id","connection_id","cause") WHERE state in ('rejected', 'waiting', 'unknown', 'incomplete');--> statement-breakpoint
CREATE INDEX "delivery_rows_inbox_partner" ON "delivery_rows" USING btree ("partner_id","connection_id","cause") WHERE state in ('rejected', 'waiting', 'unknown', 'incomplete');--> statement-breakpoint
CREATE INDEX "delivery_rows_with_body" ON "delivery_rows" USING btree ("state_since") WHERE sealed_body is not null;--> statement-breakpoint
CREATE INDEX "outcome_events_row" ON "outcome_events" USING btree ("row_id");--> statement-breakpoint
CREATE INDEX "outcome_events_at" ON "outcome_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "row_verdicts_connection" ON "row_verdicts" USING btree ("connection_id");