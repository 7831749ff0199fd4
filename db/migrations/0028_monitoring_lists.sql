CREATE TABLE "partner_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_views_name_key" UNIQUE("partner_id","user_id","list","name"),
	CONSTRAINT "partner_views_list" CHECK ("partner_views"."list" in ('requests', 'connections'))
);
--> statement-breakpoint
ALTER TABLE "partner_views" ADD CONSTRAINT "partner_views_partner_id_user_id_partner_members_partner_id_user_id_fk" FOREIGN KEY ("partner_id","user_id") REFERENCES "public"."partner_members"("partner_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activation_requests_partner_version" ON "activation_requests" USING btree ("partner_id","specification_id","id");--> statement-breakpoint
CREATE INDEX "activation_requests_partner_email" ON "activation_requests" USING btree ("partner_id",notified_email text_pattern_ops);--> statement-breakpoint
CREATE INDEX "activation_requests_partner_ref" ON "activation_requests" USING btree ("partner_id","customer_ref") WHERE customer_ref is not null;--> statement-breakpoint
CREATE INDEX "activations_partner_external" ON "activations" USING btree ("partner_id","external_id");--> statement-breakpoint
CREATE INDEX "connections_partner_state" ON "connections" USING btree ("partner_id","state","id");--> statement-breakpoint
CREATE INDEX "connections_partner_integration" ON "connections" USING btree ("partner_id","integration_id","id");