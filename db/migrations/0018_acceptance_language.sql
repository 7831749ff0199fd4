ALTER TABLE "consents" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "structure_hash" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "language_hash" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "structure_hash" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "language_hash" text;