DROP INDEX "uploads_connection";--> statement-breakpoint
CREATE INDEX "uploads_connection" ON "uploads" USING btree ("connection_id","id");