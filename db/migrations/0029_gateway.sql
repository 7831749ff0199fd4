CREATE TABLE "gateway_calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"method" text NOT NULL,
	"path_template" text NOT NULL,
	"right_used" text,
	"outcome" text NOT NULL,
	"status" integer,
	"duration_ms" integer,
	"sent_bytes" bigint NOT NULL,
	"received_bytes" bigint NOT NULL,
	"trace_id" text,
	"called_at" timestamp with time zone NOT NULL,
	CONSTRAINT "gateway_calls_outcome" CHECK ("gateway_calls"."outcome" in ('sent', 'answered', 'lost', 'cut', 'unsent'))
);
--> statement-breakpoint
CREATE TABLE "gateway_tokens" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"sealed" text,
	"expires_at" timestamp with time zone,
	"minted_at" timestamp with time zone,
	"asked_at" timestamp with time zone,
	"refused_version" integer,
	"leased_until" timestamp with time zone,
	"failure" text,
	"failed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_scopes";--> statement-breakpoint
ALTER TABLE "gateway_tokens" ADD CONSTRAINT "gateway_tokens_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gateway_calls_partner" ON "gateway_calls" USING btree ("partner_id","called_at");--> statement-breakpoint
CREATE INDEX "gateway_calls_account" ON "gateway_calls" USING btree ("account_id","connection_id","called_at");--> statement-breakpoint
CREATE INDEX "gateway_calls_called_at" ON "gateway_calls" USING btree ("called_at");--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_scopes" CHECK (scopes <@ array['requests.read', 'requests.decide', 'connections.read', 'connections.end', 'specifications.read', 'links.read', 'links.manage', 'events.read', 'webhooks.read', 'webhooks.manage', 'api_keys.manage', 'gateway', 'records']::text[]);