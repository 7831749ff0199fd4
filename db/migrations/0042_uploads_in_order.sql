DROP INDEX "uploads_connection";--> statement-breakpoint
CREATE INDEX "intake_addresses_last" ON "intake_addresses" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "uploads_ended" ON "uploads" USING btree ("ended_at") WHERE state in ('done', 'quarantined');--> statement-breakpoint
CREATE INDEX "uploads_connection" ON "uploads" USING btree ("connection_id","id");