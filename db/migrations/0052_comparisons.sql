CREATE TABLE "comparisons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"outcome" text NOT NULL,
	"problem" text,
	"since" timestamp with time zone NOT NULL,
	"compared_at" timestamp with time zone NOT NULL,
	"written" integer NOT NULL,
	"found" integer NOT NULL,
	"missing" integer NOT NULL,
	"totals_compared" integer NOT NULL,
	"totals_differ" integer NOT NULL,
	"changed" integer NOT NULL,
	"findings" jsonb NOT NULL,
	CONSTRAINT "comparisons_outcome" CHECK ("comparisons"."outcome" in ('matches', 'differs', 'failed')),
	CONSTRAINT "comparisons_problem" CHECK ((outcome = 'failed') = (problem is not null))
);
--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comparisons_connection" ON "comparisons" USING btree ("connection_id","entity","compared_at");--> statement-breakpoint
CREATE INDEX "comparisons_age" ON "comparisons" USING btree ("compared_at");--> statement-breakpoint
CREATE INDEX "written_records_age" ON "written_records" USING btree ("connection_id","entity","written_at");