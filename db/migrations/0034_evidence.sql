CREATE TABLE "evidence_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"request_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kid" text NOT NULL,
	"protected_header" text NOT NULL,
	"payload" text NOT NULL,
	"signature" text NOT NULL,
	"fingerprint" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "evidence_documents_fingerprint_unique" UNIQUE("fingerprint"),
	CONSTRAINT "evidence_documents_subject_key" UNIQUE("kind","subject_id","revision"),
	CONSTRAINT "evidence_documents_id_account" UNIQUE("id","account_id"),
	CONSTRAINT "evidence_documents_kind" CHECK ("evidence_documents"."kind" in ('receipt', 'certificate'))
);
--> statement-breakpoint
CREATE TABLE "evidence_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kid" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"predecessor" text,
	"statement" text NOT NULL,
	"retired_at" timestamp with time zone,
	"distrusted_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evidence_keys_kid_unique" UNIQUE("kid")
);
--> statement-breakpoint
CREATE TABLE "evidence_persons" (
	"document_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"field" text NOT NULL,
	"user_id" uuid,
	"value" text NOT NULL,
	"salt" text NOT NULL,
	CONSTRAINT "evidence_persons_document_id_field_pk" PRIMARY KEY("document_id","field"),
	CONSTRAINT "evidence_persons_field" CHECK ("evidence_persons"."field" in ('acceptedBy', 'submittedBy', 'askedBy', 'reason'))
);
--> statement-breakpoint
ALTER TABLE "data_keys" DROP CONSTRAINT "data_keys_owner_kind";--> statement-breakpoint
ALTER TABLE "evidence_documents" ADD CONSTRAINT "evidence_documents_kid_evidence_keys_kid_fk" FOREIGN KEY ("kid") REFERENCES "public"."evidence_keys"("kid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_documents" ADD CONSTRAINT "evidence_documents_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("request_id","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_persons" ADD CONSTRAINT "evidence_persons_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_persons" ADD CONSTRAINT "evidence_persons_document_id_account_id_evidence_documents_id_account_id_fk" FOREIGN KEY ("document_id","account_id") REFERENCES "public"."evidence_documents"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_documents_account" ON "evidence_documents" USING btree ("account_id","issued_at");--> statement-breakpoint
CREATE INDEX "evidence_persons_user" ON "evidence_persons" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "offboardings_closed" ON "offboardings" USING btree ("closed_at");--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_owner_kind" CHECK ("data_keys"."owner_kind" in ('vendor_application', 'application_trial', 'grant', 'connection', 'intake_key', 'connection_data', 'evidence_key', 'connection_intake', 'intake_host'));