CREATE TABLE "upload_open_rows" (
	"upload_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"row_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"told" text NOT NULL,
	CONSTRAINT "upload_open_rows_upload_id_row_id_pk" PRIMARY KEY("upload_id","row_id"),
	CONSTRAINT "upload_open_rows_told" CHECK ("upload_open_rows"."told" in ('collected', 'queued', 'sending', 'written', 'incomplete', 'unchanged', 'rejected', 'waiting', 'unknown', 'superseded'))
);
--> statement-breakpoint
ALTER TABLE "intake_addresses" ALTER COLUMN "was_allowed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "intake_accounts" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "intake_accounts" ADD COLUMN "found_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "intake_addresses" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "intake_addresses" ADD COLUMN "failed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "intake_files" ADD COLUMN "fetched_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "result_stem" text;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "result_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "look_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "upload_open_rows" ADD CONSTRAINT "upload_open_rows_upload_id_connection_id_partner_id_account_id_uploads_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("upload_id","connection_id","partner_id","account_id") REFERENCES "public"."uploads"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "intake_files_upload" ON "intake_files" USING btree ("upload_id");--> statement-breakpoint
CREATE INDEX "uploads_look" ON "uploads" USING btree ("look_at") WHERE look_at is not null;