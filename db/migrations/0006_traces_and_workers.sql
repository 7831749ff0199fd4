CREATE TABLE "worker_processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_ids" jsonb NOT NULL,
	"clock_offset_ms" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outbox_events" ADD COLUMN "trace_id" text;--> statement-breakpoint
ALTER TABLE "vendor_calls" ADD COLUMN "trace_id" text;