CREATE TABLE "request_consents" (
	"grant_id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "request_consents_request_key" UNIQUE("request_id","grant_id")
);
--> statement-breakpoint
ALTER TABLE "activation_requests" DROP CONSTRAINT "activation_requests_grant_key";--> statement-breakpoint
ALTER TABLE "activation_requests" DROP CONSTRAINT "activation_requests_grant_id_account_id_grants_id_account_id_fk";
--> statement-breakpoint
ALTER TABLE "activations" ADD COLUMN "grant_id" uuid;--> statement-breakpoint
-- A request had one consent. Row-level security is forced on the owner, who would see no row here, nor would the checks of new
-- foreign keys; triggers would tell partners' software of changes that are none.
ALTER TABLE "grants" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activation_requests" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activations" DISABLE TRIGGER USER;--> statement-breakpoint
INSERT INTO "request_consents" ("grant_id", "request_id", "partner_id", "account_id") SELECT "grant_id", "id", "partner_id", "account_id" FROM "activation_requests";--> statement-breakpoint
UPDATE "activations" SET "grant_id" = r."grant_id" FROM "activation_requests" r WHERE r."id" = "activations"."request_id";--> statement-breakpoint
ALTER TABLE "activations" ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "activations" ALTER COLUMN "grant_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "request_consents" ADD CONSTRAINT "request_consents_grant_id_account_id_grants_id_account_id_fk" FOREIGN KEY ("grant_id","account_id") REFERENCES "public"."grants"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_consents" ADD CONSTRAINT "request_consents_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("request_id","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_request_id_grant_id_request_consents_request_id_grant_id_fk" FOREIGN KEY ("request_id","grant_id") REFERENCES "public"."request_consents"("request_id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activations_consent" ON "activations" USING btree ("grant_id");--> statement-breakpoint
ALTER TABLE "activation_requests" DROP COLUMN "grant_id";--> statement-breakpoint
ALTER TABLE "activations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activation_requests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "grants" FORCE ROW LEVEL SECURITY;
