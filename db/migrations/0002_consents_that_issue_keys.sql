ALTER TABLE "connections" DROP CONSTRAINT "connections_attention_causes";--> statement-breakpoint
ALTER TABLE "grants" DROP CONSTRAINT "grants_state";--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "key_state" text;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "release_failed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "release_answer" jsonb;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "state_hash" text;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "consent_url" text;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "return_outcome" text;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "return_token" text;--> statement-breakpoint
CREATE INDEX "candidates_held_keys" ON "candidates" USING btree ("grant_id") WHERE key_state = 'held';--> statement-breakpoint
CREATE UNIQUE INDEX "grants_state_hash_key" ON "grants" USING btree ("state_hash");--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_attention_causes" CHECK (attention is null or "connections"."attention" in ('rights_missing', 'rights_surplus', 'natural_person', 'verification_pending', 'credential_refused', 'disconnected'));--> statement-breakpoint
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_key_state" CHECK (key_state is null or "candidates"."key_state" in ('held', 'activated', 'released', 'kept'));--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_state" CHECK ("grants"."state" in ('starting', 'consenting', 'reading', 'unconfirmed', 'awaiting_initiator', 'open', 'used', 'refused', 'released', 'expired'));