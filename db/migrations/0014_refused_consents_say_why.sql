ALTER TABLE "grants" ADD COLUMN "vendor_answer" jsonb;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "without_key" jsonb DEFAULT '[]'::jsonb NOT NULL;