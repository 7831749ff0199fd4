DROP INDEX "delivery_queues_due";--> statement-breakpoint
DROP INDEX "delivery_rows_inbox";--> statement-breakpoint
DROP INDEX "delivery_rows_inbox_partner";--> statement-breakpoint
ALTER TABLE "delivery_queues" ADD COLUMN "vendor_application_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_queues" ADD COLUMN "wakes_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD COLUMN "recovered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_rows" ADD COLUMN "look_ups" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_unsettled" ON "deliveries" USING btree ("connection_id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "delivery_rows_unsettled" ON "delivery_rows" USING btree ("delivery_id") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "delivery_rows_key" ON "delivery_rows" USING btree ("connection_id","key_hash");--> statement-breakpoint
CREATE INDEX "delivery_rows_replaces" ON "delivery_rows" USING btree ("replaces_row_id") WHERE replaces_row_id is not null;--> statement-breakpoint
CREATE INDEX "delivery_queues_due" ON "delivery_queues" USING btree ("vendor_application_id","served_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "delivery_rows_inbox" ON "delivery_rows" USING btree ("account_id","connection_id","cause") WHERE state in ('rejected', 'waiting', 'unknown', 'incomplete') and recovered_at is null;--> statement-breakpoint
CREATE INDEX "delivery_rows_inbox_partner" ON "delivery_rows" USING btree ("partner_id","connection_id","cause") WHERE state in ('rejected', 'waiting', 'unknown', 'incomplete') and recovered_at is null;