CREATE TABLE "inbound_addresses" (
	"vendor_application_id" uuid PRIMARY KEY NOT NULL,
	"connector" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbound_addresses_token_key" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "inbound_calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_application_id" uuid NOT NULL,
	"sealed_call" text NOT NULL,
	"bytes" integer NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbound_notices" (
	"vendor_application_id" uuid NOT NULL,
	"notice_hash" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbound_notices_vendor_application_id_notice_hash_pk" PRIMARY KEY("vendor_application_id","notice_hash")
);
--> statement-breakpoint
ALTER TABLE "inbound_addresses" ADD CONSTRAINT "inbound_addresses_vendor_application_id_vendor_applications_id_fk" FOREIGN KEY ("vendor_application_id") REFERENCES "public"."vendor_applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_calls" ADD CONSTRAINT "inbound_calls_vendor_application_id_inbound_addresses_vendor_application_id_fk" FOREIGN KEY ("vendor_application_id") REFERENCES "public"."inbound_addresses"("vendor_application_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_notices" ADD CONSTRAINT "inbound_notices_vendor_application_id_vendor_applications_id_fk" FOREIGN KEY ("vendor_application_id") REFERENCES "public"."vendor_applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbound_calls_application" ON "inbound_calls" USING btree ("vendor_application_id","id");--> statement-breakpoint
CREATE INDEX "inbound_notices_received" ON "inbound_notices" USING btree ("received_at");