CREATE TABLE "body_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"row_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "body_views_token_key" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "body_views" ADD CONSTRAINT "body_views_row_id_partner_id_account_id_delivery_rows_id_partner_id_account_id_fk" FOREIGN KEY ("row_id","partner_id","account_id") REFERENCES "public"."delivery_rows"("id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "body_views_row" ON "body_views" USING btree ("row_id");--> statement-breakpoint
CREATE INDEX "body_views_age" ON "body_views" USING btree ("created_at");