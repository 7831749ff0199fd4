CREATE TABLE "intake_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"public_key" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pasted_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"draft_id" uuid,
	"activation_id" uuid,
	"state" text DEFAULT 'checking' NOT NULL,
	"sealed_key" text,
	"refused_because" text,
	"finding" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"vendor_answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pasted_keys_state" CHECK ("pasted_keys"."state" in ('checking', 'accepted', 'refused')),
	CONSTRAINT "pasted_keys_target" CHECK (num_nonnulls(draft_id, activation_id) = 1),
	CONSTRAINT "pasted_keys_sealed" CHECK ((state = 'checking') = (sealed_key is not null)),
	CONSTRAINT "pasted_keys_refusal" CHECK ((state = 'refused') = (refused_because is not null)),
	CONSTRAINT "pasted_keys_refusals" CHECK (refused_because is null or "pasted_keys"."refused_because" in ('not_accepted', 'other_company', 'wrong_product', 'rights_missing', 'natural_person', 'in_use_here', 'in_progress_here', 'in_use_elsewhere', 'vendor_unavailable', 'vendor_unexpected', 'not_wanted', 'not_checked'))
);
--> statement-breakpoint
ALTER TABLE "data_keys" DROP CONSTRAINT "data_keys_owner_kind";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "key_source" text DEFAULT 'issued' NOT NULL;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "source" text DEFAULT 'consent' NOT NULL;--> statement-breakpoint
ALTER TABLE "pasted_keys" ADD CONSTRAINT "pasted_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pasted_keys" ADD CONSTRAINT "pasted_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pasted_keys" ADD CONSTRAINT "pasted_keys_draft_id_account_id_drafts_id_account_id_fk" FOREIGN KEY ("draft_id","account_id") REFERENCES "public"."drafts"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pasted_keys_one_check" ON "pasted_keys" USING btree (coalesce(draft_id, activation_id)) WHERE state = 'checking';--> statement-breakpoint
CREATE INDEX "pasted_keys_account" ON "pasted_keys" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_key_source" CHECK ("connections"."key_source" in ('issued', 'pasted'));--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_source" CHECK ("grants"."source" in ('consent', 'pasted'));--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_owner_kind" CHECK ("data_keys"."owner_kind" in ('vendor_application', 'grant', 'connection', 'intake_key'));