CREATE TABLE "holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"set_by" text NOT NULL,
	"set_by_user" uuid,
	"set_by_key" uuid,
	"reason" text,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"lifted_at" timestamp with time zone,
	"lifted_by" text,
	"lifted_by_user" uuid,
	"lifted_by_key" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "holds_kind" CHECK ("holds"."kind" in ('pause', 'scheduled_end')),
	CONSTRAINT "holds_set_by" CHECK ("holds"."set_by" in ('customer', 'partner', 'operator')),
	CONSTRAINT "holds_lifted_by" CHECK (lifted_by is null or "holds"."lifted_by" in ('customer', 'partner', 'operator')),
	CONSTRAINT "holds_lifted" CHECK (lifted_at is not null or lifted_by is null),
	CONSTRAINT "holds_scheduled_end" CHECK (kind <> 'scheduled_end' or until is not null),
	CONSTRAINT "holds_order" CHECK (until is null or until > since)
);
--> statement-breakpoint
ALTER TABLE "offboardings" DROP CONSTRAINT "offboardings_asked_by";--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_set_by_user_users_id_fk" FOREIGN KEY ("set_by_user") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_set_by_key_api_keys_id_fk" FOREIGN KEY ("set_by_key") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_lifted_by_user_users_id_fk" FOREIGN KEY ("lifted_by_user") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_lifted_by_key_api_keys_id_fk" FOREIGN KEY ("lifted_by_key") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "holds_one_of_side" ON "holds" USING btree ("connection_id","kind","set_by") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "holds_of_connection" ON "holds" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "holds_due" ON "holds" USING btree ("until") WHERE lifted_at is null;--> statement-breakpoint
ALTER TABLE "offboardings" ADD CONSTRAINT "offboardings_asked_by" CHECK ("offboardings"."asked_by" in ('customer', 'partner', 'operator', 'system'));