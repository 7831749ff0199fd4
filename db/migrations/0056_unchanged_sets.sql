CREATE TABLE "unchanged_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"positions" integer[] NOT NULL,
	"first_position" integer NOT NULL,
	"last_position" integer NOT NULL,
	"superseded" integer[] DEFAULT '{}' NOT NULL,
	"count" integer NOT NULL,
	"key_ids" uuid[],
	"sealed_keys" text NOT NULL,
	"first_number" bigint,
	"last_number" bigint,
	"at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unchanged_sets_closed" CHECK ((first_number is null) = (at is null) and (last_number is null) = (at is null) and (key_ids is null) = (at is not null))
);
--> statement-breakpoint
ALTER TABLE "unchanged_sets" ADD CONSTRAINT "unchanged_sets_delivery_id_connection_id_partner_id_account_id_deliveries_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("delivery_id","connection_id","partner_id","account_id") REFERENCES "public"."deliveries"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unchanged_sets_delivery" ON "unchanged_sets" USING btree ("connection_id","delivery_id","first_position");--> statement-breakpoint
CREATE INDEX "unchanged_sets_number" ON "unchanged_sets" USING btree ("connection_id","last_number");--> statement-breakpoint
CREATE INDEX "unchanged_sets_of_delivery" ON "unchanged_sets" USING btree ("delivery_id");