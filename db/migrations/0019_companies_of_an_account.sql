CREATE TABLE "activation_plans" (
	"account_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"link_token" text NOT NULL,
	"wanted_external_ids" jsonb NOT NULL,
	"total_count" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activation_plans_account_id_integration_id_pk" PRIMARY KEY("account_id","integration_id"),
	CONSTRAINT "activation_plans_total" CHECK (total_count > 0)
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"stage" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"business_id" text,
	"sort_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "companies_environment_key" UNIQUE("account_id","environment_id"),
	CONSTRAINT "companies_id_account" UNIQUE("id","account_id")
);
--> statement-breakpoint
CREATE TABLE "company_words" (
	"account_id" uuid NOT NULL,
	"company_id" uuid NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "company_words_company_id_word_pk" PRIMARY KEY("company_id","word")
);
--> statement-breakpoint
DROP INDEX "connections_account";--> statement-breakpoint
ALTER TABLE "activation_plans" ADD CONSTRAINT "activation_plans_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_plans" ADD CONSTRAINT "activation_plans_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_words" ADD CONSTRAINT "company_words_company_id_account_id_companies_id_account_id_fk" FOREIGN KEY ("company_id","account_id") REFERENCES "public"."companies"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activation_plans_age" ON "activation_plans" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "companies_by_name" ON "companies" USING btree ("account_id","sort_key","id");--> statement-breakpoint
CREATE INDEX "company_words_prefix" ON "company_words" USING btree ("account_id","word" text_pattern_ops,"company_id");--> statement-breakpoint
CREATE INDEX "activation_requests_integration" ON "activation_requests" USING btree ("account_id","integration_id","submitted_at");--> statement-breakpoint
CREATE INDEX "activation_requests_undecided" ON "activation_requests" USING btree ("account_id","id") WHERE state = 'awaiting_partner';--> statement-breakpoint
CREATE INDEX "activations_of_company" ON "activations" USING btree ("account_id","environment_id");--> statement-breakpoint
CREATE INDEX "activations_occupying" ON "activations" USING btree ("account_id","integration_id") WHERE is_occupying;--> statement-breakpoint
CREATE INDEX "connections_in_trouble" ON "connections" USING btree ("account_id","id") WHERE state in ('needs_attention', 'update_required', 'offboarding');--> statement-breakpoint
CREATE INDEX "connections_account" ON "connections" USING btree ("account_id","id");