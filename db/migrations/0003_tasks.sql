CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"integration_id" uuid,
	"vendor_answer" jsonb,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	"resolution" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tasks_kind" CHECK ("tasks"."kind" in ('release_refused', 'answer_lost', 'key_still_works', 'key_without_owner', 'mail_failed', 'request_stuck')),
	CONSTRAINT "tasks_resolution" CHECK (resolved_by is null or (resolved_at is not null and resolution <> ''))
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_one_open" ON "tasks" USING btree ("kind","subject_id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "tasks_newest" ON "tasks" USING btree ("created_at");