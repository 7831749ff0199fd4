-- Row-level security is forced on the owner, who would see neither table's rows here: with the data keys hidden every secret
-- would look like one without, and the new constraint would be taken for kept unseen.
ALTER TABLE "data_keys" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sealed_secrets" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Sealed at the moment in which their data key was destroyed: nobody can open these.
DELETE FROM "sealed_secrets" WHERE NOT EXISTS (SELECT FROM "data_keys" WHERE "data_keys"."owner_kind" = "sealed_secrets"."owner_kind" AND "data_keys"."owner_id" = "sealed_secrets"."owner_id");--> statement-breakpoint
ALTER TABLE "sealed_secrets" ADD CONSTRAINT "sealed_secrets_data_key" FOREIGN KEY ("owner_kind","owner_id") REFERENCES "public"."data_keys"("owner_kind","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sealed_secrets" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "connections_last_check" ON "connections" USING btree (coalesce(check_failed_at, verified_at, state_since)) WHERE state in ('active', 'needs_attention');