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
CREATE INDEX "connections_account" ON "connections" USING btree ("account_id","id");--> statement-breakpoint
-- Row-level security is forced on the owner, who would see no activation here and write no company.
ALTER TABLE "activations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "environments" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Companies of the activations that there are; from now on a trigger keeps them. Written out, since the functions of schema
-- `kytkin` are made after the migrations.
INSERT INTO public.companies (id, account_id, environment_id, connector, stage, external_id, name, business_id, sort_key)
SELECT DISTINCT ON (a.account_id, a.environment_id) gen_random_uuid(), a.account_id, a.environment_id, e.connector, e.stage,
  a.external_id, a.environment_name, a.business_id,
  translate(lower(regexp_replace(normalize(a.environment_name, NFKD), '[\u0300-\u036f]', '', 'g')), 'ÆØŒÐÞŁĐ', 'æøœðþłđ')
FROM public.activations a JOIN public.environments e ON e.id = a.environment_id
ORDER BY a.account_id, a.environment_id, a.id DESC;
--> statement-breakpoint
INSERT INTO public.company_words (account_id, company_id, word)
SELECT DISTINCT c.account_id, c.id, left(word, 100)
FROM public.companies c,
  LATERAL (VALUES (c.name), (c.business_id), (c.external_id)) AS texts (value),
  LATERAL regexp_split_to_table(
    translate(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')), 'ÆØŒÐÞŁĐ', 'æøœðþłđ'),
    '[^[:alnum:]æøœðþłđß]+'
  ) AS words (word)
WHERE word <> ''
UNION
SELECT c.account_id, c.id, regexp_replace(c.business_id, '[^0-9]', '', 'g')
FROM public.companies c WHERE c.business_id ~ '[0-9]';
--> statement-breakpoint
ALTER TABLE "activations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "environments" FORCE ROW LEVEL SECURITY;
