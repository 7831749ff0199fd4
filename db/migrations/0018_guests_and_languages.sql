CREATE TABLE "request_guests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"draft_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"invited_by" uuid NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now(),
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_tokens" ADD COLUMN "acceptance_hash" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "structure_hash" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "language_hash" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "structure_hash" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "language_hash" text;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "access" text DEFAULT 'account' NOT NULL;--> statement-breakpoint
ALTER TABLE "request_guests" ADD CONSTRAINT "request_guests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_guests" ADD CONSTRAINT "request_guests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_guests" ADD CONSTRAINT "request_guests_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_guests" ADD CONSTRAINT "request_guests_draft_id_account_id_drafts_id_account_id_fk" FOREIGN KEY ("draft_id","account_id") REFERENCES "public"."drafts"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "request_guests_one_live" ON "request_guests" USING btree ("draft_id","user_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "request_guests_user" ON "request_guests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "request_guests_account" ON "request_guests" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "invitations_accepted_by" ON "invitations" USING btree ("accepted_by");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_access" CHECK ("invitations"."access" in ('request', 'account'));--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_access_draft" CHECK (access = 'account' or draft_id is not null);