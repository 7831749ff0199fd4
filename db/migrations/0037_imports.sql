CREATE TABLE "import_chunks" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "import_chunks_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"file_name" text NOT NULL,
	"row_count" integer NOT NULL,
	"sent_by" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"delivery_id" uuid,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "imports_id_owner" UNIQUE("id","connection_id","partner_id","account_id"),
	CONSTRAINT "imports_state" CHECK ("imports"."state" in ('waiting', 'delivered', 'refused')),
	CONSTRAINT "imports_ended" CHECK ((state = 'waiting') = (ended_at is null))
);
--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_import_id_connection_id_partner_id_account_id_imports_id_connection_id_partner_id_account_id_fk" FOREIGN KEY ("import_id","connection_id","partner_id","account_id") REFERENCES "public"."imports"("id","connection_id","partner_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_connection" ON "imports" USING btree ("account_id","connection_id","id");--> statement-breakpoint
CREATE INDEX "imports_waiting" ON "imports" USING btree ("created_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "imports_ended" ON "imports" USING btree ("ended_at");