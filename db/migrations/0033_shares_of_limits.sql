ALTER TABLE "vendor_limits" ADD COLUMN "classes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "vendor_limits" ADD COLUMN "class_time" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "vendor_limits" ADD COLUMN "last_start" timestamp with time zone;