DROP INDEX "sealed_secrets_live_api_key";--> statement-breakpoint
CREATE UNIQUE INDEX "grants_one_return" ON "grants" USING btree ("account_id","user_id","integration_id","vendor_request") WHERE state <> 'refused';--> statement-breakpoint
CREATE INDEX "sealed_secrets_api_key" ON "sealed_secrets" USING btree ("fingerprint") WHERE name = 'api_key' and owner_kind = 'connection';