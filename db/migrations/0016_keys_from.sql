ALTER TABLE "grants" RENAME COLUMN "source" TO "keys_from";--> statement-breakpoint
ALTER TABLE "grants" ALTER COLUMN "keys_from" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "candidates" DROP CONSTRAINT "candidates_key_state";--> statement-breakpoint
ALTER TABLE "grants" DROP CONSTRAINT "grants_source";--> statement-breakpoint
-- Row-level security is forced on the owner, who would see no row here. Until now Procountor was the only vendor that waited
-- for a decision.
ALTER TABLE "grants" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "grants" SET "keys_from" = CASE WHEN "keys_from" = 'pasted' THEN 'customer' WHEN "connector" = 'procountor' THEN 'decision' ELSE 'consent' END;--> statement-breakpoint
ALTER TABLE "grants" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_key_state" CHECK (key_state is null or "candidates"."key_state" in ('held', 'activated', 'released', 'kept', 'left_to_customer'));--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_keys_from" CHECK ("grants"."keys_from" in ('decision', 'consent', 'customer'));--> statement-breakpoint
-- What the function returns has changed, which CREATE OR REPLACE refuses; it is made anew after the migrations.
DROP FUNCTION IF EXISTS kytkin.integration_for_return(text);