CREATE TABLE "figure_counts" (
	"day" date PRIMARY KEY NOT NULL,
	"counted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_days" (
	"partner_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"day" date NOT NULL,
	"accepted" integer NOT NULL,
	"started" integer NOT NULL,
	"consented" integer NOT NULL,
	"picked" integer NOT NULL,
	"submitted" integer NOT NULL,
	"approved" integer NOT NULL,
	"active" integer NOT NULL,
	"leavers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"active_seconds" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"decision_seconds" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "figure_days_partner_id_day_specification_id_pk" PRIMARY KEY("partner_id","day","specification_id")
);
--> statement-breakpoint
ALTER TABLE "figure_days" ADD CONSTRAINT "figure_days_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figure_days" ADD CONSTRAINT "figure_days_specification_id_specifications_id_fk" FOREIGN KEY ("specification_id") REFERENCES "public"."specifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "figure_days_day" ON "figure_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "activation_requests_draft" ON "activation_requests" USING btree ("draft_id");--> statement-breakpoint
CREATE INDEX "drafts_accepted" ON "drafts" USING btree ("accepted_at");