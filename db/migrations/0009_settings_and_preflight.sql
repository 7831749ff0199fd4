ALTER TABLE "activation_requests" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "preflight_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "preflight_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "preflight_findings" jsonb;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "settings" jsonb;