CREATE TABLE "connection_preparations" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"choices" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"applied" jsonb,
	"wanted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"next_try_at" timestamp with time zone DEFAULT now(),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_preparations_state" CHECK ("connection_preparations"."state" in ('pending', 'ready', 'blocked')),
	CONSTRAINT "connection_preparations_ready" CHECK (state <> 'ready' or next_try_at is null)
);
--> statement-breakpoint
CREATE TABLE "preparation_steps" (
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"step" text NOT NULL,
	"position" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"because" text,
	"value" text,
	"answer" jsonb,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "preparation_steps_connection_id_step_pk" PRIMARY KEY("connection_id","step"),
	CONSTRAINT "preparation_steps_state" CHECK ("preparation_steps"."state" in ('waiting', 'running', 'done', 'kept', 'cannot')),
	CONSTRAINT "preparation_steps_ended" CHECK ((state in ('done', 'kept', 'cannot')) = (ended_at is not null)),
	CONSTRAINT "preparation_steps_cannot" CHECK (state <> 'cannot' or because is not null)
);
--> statement-breakpoint
CREATE TABLE "prepared_things" (
	"environment_id" uuid NOT NULL,
	"thing" text NOT NULL,
	"begun_at" timestamp with time zone DEFAULT now() NOT NULL,
	"made_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "prepared_things_environment_id_thing_pk" PRIMARY KEY("environment_id","thing")
);
--> statement-breakpoint
CREATE TABLE "prepared_uses" (
	"environment_id" uuid NOT NULL,
	"thing" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"is_exclusive" boolean NOT NULL,
	"is_ours" boolean DEFAULT false NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "prepared_uses_environment_id_thing_connection_id_pk" PRIMARY KEY("environment_id","thing","connection_id")
);
--> statement-breakpoint
ALTER TABLE "connections" DROP CONSTRAINT "connections_attention_causes";--> statement-breakpoint
ALTER TABLE "offboarding_steps" DROP CONSTRAINT "offboarding_steps_kind";--> statement-breakpoint
ALTER TABLE "offboardings" ADD COLUMN "removes_prepared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "offboardings" ADD COLUMN "prepared_ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection_preparations" ADD CONSTRAINT "connection_preparations_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_preparations" ADD CONSTRAINT "connection_preparations_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preparation_steps" ADD CONSTRAINT "preparation_steps_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prepared_things" ADD CONSTRAINT "prepared_things_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prepared_uses" ADD CONSTRAINT "prepared_uses_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prepared_uses" ADD CONSTRAINT "prepared_uses_connection_id_partner_id_account_id_connections_id_partner_id_account_id_fk" FOREIGN KEY ("connection_id","partner_id","account_id") REFERENCES "public"."connections"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_preparations_due" ON "connection_preparations" USING btree ("next_try_at") WHERE next_try_at is not null;--> statement-breakpoint
CREATE INDEX "preparation_steps_words" ON "preparation_steps" USING btree ("ended_at") WHERE answer is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "prepared_uses_exclusive" ON "prepared_uses" USING btree ("environment_id","thing") WHERE is_exclusive and released_at is null;--> statement-breakpoint
CREATE INDEX "prepared_uses_connection" ON "prepared_uses" USING btree ("connection_id");--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_attention_causes" CHECK (attention is null or "connections"."attention" in ('rights_missing', 'rights_surplus', 'natural_person', 'verification_pending', 'credential_refused', 'disconnected', 'preparation_pending', 'not_prepared'));--> statement-breakpoint
ALTER TABLE "offboarding_steps" ADD CONSTRAINT "offboarding_steps_kind" CHECK ("offboarding_steps"."kind" in ('asked', 'calls_stopped', 'prepared_removed', 'prepared_kept', 'prepared_not_removed', 'key_removed', 'key_left_to_customer', 'key_shared', 'key_proven_dead', 'key_still_works', 'key_not_proven', 'data_key_destroyed', 'closed'));