CREATE TABLE "intake_accounts" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"integration_id" text NOT NULL,
	"user_name" text NOT NULL,
	"password_hash" text,
	"password_set_at" timestamp with time zone,
	"public_keys" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"allowed_networks" text[] DEFAULT '{}' NOT NULL,
	"allows_any_address" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intake_accounts_connection_id_pk" PRIMARY KEY("connection_id"),
	CONSTRAINT "intake_accounts_integration_id_key" UNIQUE("integration_id"),
	CONSTRAINT "intake_accounts_user_name_key" UNIQUE("user_name")
);
--> statement-breakpoint
CREATE TABLE "intake_addresses" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"address" text NOT NULL,
	"was_allowed" boolean NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intake_addresses_connection_id_address_pk" PRIMARY KEY("connection_id","address")
);
--> statement-breakpoint
CREATE TABLE "intake_file_chunks" (
	"file_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "intake_file_chunks_file_id_number_pk" PRIMARY KEY("file_id","number")
);
--> statement-breakpoint
CREATE TABLE "intake_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"folder" text NOT NULL,
	"name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"upload_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intake_files_id_owner" UNIQUE("id","connection_id","partner_id","account_id"),
	CONSTRAINT "intake_files_name_key" UNIQUE("connection_id","folder","name"),
	CONSTRAINT "intake_files_folder" CHECK ("intake_files"."folder" in ('Log', 'Result'))
);
--> statement-breakpoint
CREATE TABLE "intake_host_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload_chunks" (
	"upload_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sealed_key" text NOT NULL,
	"ciphertext" "bytea" NOT NULL,
	CONSTRAINT "upload_chunks_upload_id_number_pk" PRIMARY KEY("upload_id","number")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"folder" text NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'receiving' NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"chunk_count" integer DEFAULT 0 NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"entity" text,
	"delivery_id" uuid,
	"row_count" integer,
	"rejected_count" integer,
	"problem" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploads_id_owner" UNIQUE("id","connection_id","partner_id","account_id"),
	CONSTRAINT "uploads_folder" CHECK ("uploads"."folder" in ('root', 'documents', 'attachments')),
	CONSTRAINT "uploads_state" CHECK ("uploads"."state" in ('receiving', 'closed', 'taken', 'delivered', 'done', 'quarantined')),
	CONSTRAINT "uploads_problem" CHECK ((state = 'quarantined') = (problem is not null))
);
--> statement-breakpoint
ALTER TABLE "data_keys" DROP CONSTRAINT "data_keys_owner_kind";--> statement-breakpoint
ALTER TABLE "intake_accounts" ADD CONSTRAINT "intake_accounts_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_addresses" ADD CONSTRAINT "intake_addresses_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_file_chunks" ADD CONSTRAINT "intake_file_chunks_file_id_connection_id_partner_id_account_id_intake_files_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("file_id","connection_id","partner_id","account_id") REFERENCES "public"."intake_files"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_files" ADD CONSTRAINT "intake_files_upload_id_connection_id_partner_id_account_id_uploads_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("upload_id","connection_id","partner_id","account_id") REFERENCES "public"."uploads"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_chunks" ADD CONSTRAINT "upload_chunks_upload_id_connection_id_partner_id_account_id_uploads_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("upload_id","connection_id","partner_id","account_id") REFERENCES "public"."uploads"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "intake_accounts_account" ON "intake_accounts" USING btree ("account_id","connection_id");--> statement-breakpoint
CREATE INDEX "intake_files_created" ON "intake_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "intake_files_account" ON "intake_files" USING btree ("account_id","connection_id");--> statement-breakpoint
CREATE UNIQUE INDEX "uploads_name_key" ON "uploads" USING btree ("connection_id","folder","name") WHERE state in ('receiving', 'closed');--> statement-breakpoint
CREATE INDEX "uploads_connection" ON "uploads" USING btree ("connection_id","created_at");--> statement-breakpoint
CREATE INDEX "uploads_account" ON "uploads" USING btree ("account_id","connection_id");--> statement-breakpoint
CREATE INDEX "uploads_open" ON "uploads" USING btree ("touched_at") WHERE state in ('receiving', 'closed', 'taken', 'delivered');--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_owner_kind" CHECK ("data_keys"."owner_kind" in ('vendor_application', 'application_trial', 'grant', 'connection', 'intake_key', 'connection_data', 'connection_intake', 'intake_host'));