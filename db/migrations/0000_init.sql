CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"account_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_account_id_user_id_pk" PRIMARY KEY("account_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "partner_members" (
	"partner_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_members_partner_id_user_id_pk" PRIMARY KEY("partner_id","user_id"),
	CONSTRAINT "partner_members_role" CHECK ("partner_members"."role" in ('admin', 'support'))
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"notify_email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"token_hash" text NOT NULL,
	"code_hash" text NOT NULL,
	"code_tries_left" integer DEFAULT 5 NOT NULL,
	"browser_hash" text NOT NULL,
	"user_agent" text NOT NULL,
	"callback_path" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"code_expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"active_account_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_lower" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
CREATE TABLE "activation_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"draft_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"link_token" text NOT NULL,
	"state" text NOT NULL,
	"submitted_by" uuid NOT NULL,
	"notified_email" text NOT NULL,
	"locale" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decision" jsonb,
	"partner_page_opened_at" timestamp with time zone,
	"form_answers" jsonb,
	"settled_at" timestamp with time zone,
	"retry_of" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activation_requests_owner_key" UNIQUE("id","partner_id","account_id"),
	CONSTRAINT "activation_requests_grant_key" UNIQUE("grant_id"),
	CONSTRAINT "activation_requests_state" CHECK ("activation_requests"."state" in ('awaiting_partner', 'processing', 'settled', 'cancelled')),
	CONSTRAINT "activation_requests_settled" CHECK ((state in ('settled', 'cancelled')) = (settled_at is not null))
);
--> statement-breakpoint
CREATE TABLE "activations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"environment_name" text NOT NULL,
	"business_id" text,
	"state" text NOT NULL,
	"failure_reason" text,
	"rejection_reason" text,
	"vendor_answer" jsonb,
	"is_occupying" boolean NOT NULL,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activations_owner_key" UNIQUE("id","partner_id","account_id"),
	CONSTRAINT "activations_environment_key" UNIQUE("request_id","environment_id"),
	CONSTRAINT "activations_state" CHECK ("activations"."state" in ('awaiting_partner', 'approved', 'activating', 'active', 'rejected', 'timed_out', 'failed', 'cancelled')),
	CONSTRAINT "activations_failure_reason" CHECK ((state = 'failed') = (failure_reason is not null)),
	CONSTRAINT "activations_failure_reasons" CHECK (failure_reason is null or "activations"."failure_reason" in ('vendor_expired', 'vendor_refused', 'vendor_unavailable', 'vendor_unexpected', 'vendor_not_authorized', 'needs_recovery', 'not_issued', 'wrong_identity', 'wrong_product')),
	CONSTRAINT "activations_rejection_reason" CHECK ((state = 'rejected') = (rejection_reason is not null)),
	CONSTRAINT "activations_occupying" CHECK (case when state in ('awaiting_partner', 'approved', 'activating') then is_occupying when state = 'active' then true else not is_occupying end)
);
--> statement-breakpoint
CREATE TABLE "cap_locks" (
	"account_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	CONSTRAINT "cap_locks_account_id_integration_id_pk" PRIMARY KEY("account_id","integration_id")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"activation_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"state" text NOT NULL,
	"attention" text,
	"rights_check" jsonb,
	"verified_at" timestamp with time zone,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_activation_key" UNIQUE("activation_id"),
	CONSTRAINT "connections_id_account" UNIQUE("id","partner_id","account_id"),
	CONSTRAINT "connections_state" CHECK ("connections"."state" in ('active', 'needs_attention', 'update_required', 'offboarding', 'removed')),
	CONSTRAINT "connections_attention" CHECK ((state = 'needs_attention') = (attention is not null)),
	CONSTRAINT "connections_attention_causes" CHECK (attention is null or "connections"."attention" in ('rights_missing', 'rights_surplus', 'natural_person', 'verification_pending', 'credential_refused'))
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"specification_id" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"accepted_by" uuid NOT NULL,
	"accepted_email" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"environments" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consents_request_key" UNIQUE("request_id")
);
--> statement-breakpoint
CREATE TABLE "environments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text NOT NULL,
	"stage" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "environments_external_key" UNIQUE("connector","stage","external_id"),
	CONSTRAINT "environments_stage" CHECK ("environments"."stage" in ('test', 'production'))
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"account_id" uuid,
	"partner_id" uuid,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"outcome" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_log_actor_kind" CHECK ("audit_log"."actor_kind" in ('user', 'api_key', 'system', 'visitor')),
	CONSTRAINT "audit_log_outcome" CHECK ("audit_log"."outcome" in ('done', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "outbox_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"account_id" uuid,
	"partner_id" uuid,
	"recipient" text NOT NULL,
	"locale" text NOT NULL,
	"message_id" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_mails_subject_key" UNIQUE("subject_id","kind"),
	CONSTRAINT "outbox_mails_kind" CHECK ("outbox_mails"."kind" in ('request_settled', 'request_awaits_partner', 'claim_needs_initiator')),
	CONSTRAINT "outbox_mails_state" CHECK ("outbox_mails"."state" in ('queued', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"window_ends_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "candidates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"grant_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"name" text,
	"business_id" text,
	"country" text,
	"accounting_office" text,
	"rights" text NOT NULL,
	"existing" text NOT NULL,
	"product_fit" text NOT NULL,
	"picked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "candidates_external_key" UNIQUE("grant_id","external_id"),
	CONSTRAINT "candidates_rights" CHECK ("candidates"."rights" in ('full', 'missing', 'unknown')),
	CONSTRAINT "candidates_existing" CHECK ("candidates"."existing" in ('none', 'flow', 'manual', 'unknown')),
	CONSTRAINT "candidates_product_fit" CHECK ("candidates"."product_fit" in ('ok', 'wrong', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"link_token" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"specification_id" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"accepted_by" uuid NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"consent_started_at" timestamp with time zone,
	"selected_at" timestamp with time zone,
	"wanted_external_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"retry_of" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drafts_id_account" UNIQUE("id","account_id"),
	CONSTRAINT "drafts_state" CHECK ("drafts"."state" in ('open', 'submitted', 'discarded', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"stage" text NOT NULL,
	"vendor_request" text NOT NULL,
	"draft_id" uuid,
	"state" text DEFAULT 'reading' NOT NULL,
	"refused_because" text,
	"initiator_name" text,
	"initiator_masked" text,
	"initiator_email" text,
	"confirm_token_hash" text,
	"link_token" text,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grants_id_account" UNIQUE("id","account_id"),
	CONSTRAINT "grants_state" CHECK ("grants"."state" in ('reading', 'unconfirmed', 'awaiting_initiator', 'open', 'used', 'refused', 'released', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "activation_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"integration_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"label" text NOT NULL,
	"token" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"connector" text NOT NULL,
	"stage" text NOT NULL,
	"vendor_application_id" uuid NOT NULL,
	"is_listed" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "integrations_id_partner" UNIQUE("id","partner_id"),
	CONSTRAINT "integrations_stage" CHECK ("integrations"."stage" in ('test', 'production'))
);
--> statement-breakpoint
CREATE TABLE "specifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"integration_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "specifications_version_key" UNIQUE("integration_id","version"),
	CONSTRAINT "specifications_id_integration" UNIQUE("id","integration_id","partner_id"),
	CONSTRAINT "specifications_state" CHECK ("specifications"."state" in ('draft', 'in_review', 'approved', 'rejected', 'published', 'deprecated'))
);
--> statement-breakpoint
CREATE TABLE "vendor_applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"stage" text NOT NULL,
	"client_id" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"limiter_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_applications_client_key" UNIQUE("connector","stage","client_id"),
	CONSTRAINT "vendor_applications_id_partner" UNIQUE("id","partner_id"),
	CONSTRAINT "vendor_applications_stage" CHECK ("vendor_applications"."stage" in ('test', 'production'))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_by" uuid,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_stage" CHECK ("api_keys"."stage" in ('test', 'production'))
);
--> statement-breakpoint
CREATE TABLE "handoff_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"redeemed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"owner_kind" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"key_encryption_key_id" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_keys_owner_kind_owner_id_pk" PRIMARY KEY("owner_kind","owner_id"),
	CONSTRAINT "data_keys_owner_kind" CHECK ("data_keys"."owner_kind" in ('vendor_application', 'grant', 'connection'))
);
--> statement-breakpoint
CREATE TABLE "sealed_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"ciphertext" text NOT NULL,
	"fingerprint" text NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sealed_secrets_name_key" UNIQUE("owner_kind","owner_id","name")
);
--> statement-breakpoint
CREATE TABLE "token_leases" (
	"subject" text PRIMARY KEY NOT NULL,
	"leased_until" timestamp with time zone NOT NULL,
	"leased_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vendor_calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_request" text NOT NULL,
	"verb" text NOT NULL,
	"connector" text NOT NULL,
	"stage" text NOT NULL,
	"body_hash" text NOT NULL,
	"state" text NOT NULL,
	"status" integer,
	"sent_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "vendor_calls_verb_key" UNIQUE("connector","stage","vendor_request","verb"),
	CONSTRAINT "vendor_calls_state" CHECK ("vendor_calls"."state" in ('sent', 'answered', 'unsent'))
);
--> statement-breakpoint
CREATE TABLE "vendor_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_members" ADD CONSTRAINT "partner_members_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_members" ADD CONSTRAINT "partner_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_active_account_id_accounts_id_fk" FOREIGN KEY ("active_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_submitted_by_users_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_integration_id_partner_id_integrations_id_partner_id_fk" FOREIGN KEY ("integration_id","partner_id") REFERENCES "public"."integrations"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_specification_id_integration_id_partner_id_specifications_id_integration_id_partner_id_fk" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_draft_id_account_id_drafts_id_account_id_fk" FOREIGN KEY ("draft_id","account_id") REFERENCES "public"."drafts"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_grant_id_account_id_grants_id_account_id_fk" FOREIGN KEY ("grant_id","account_id") REFERENCES "public"."grants"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_requests" ADD CONSTRAINT "activation_requests_retry_of_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("retry_of","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("request_id","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cap_locks" ADD CONSTRAINT "cap_locks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cap_locks" ADD CONSTRAINT "cap_locks_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_activation_id_partner_id_account_id_activations_id_partner_id_account_id_fk" FOREIGN KEY ("activation_id","partner_id","account_id") REFERENCES "public"."activations"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("request_id","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_grant_id_account_id_grants_id_account_id_fk" FOREIGN KEY ("grant_id","account_id") REFERENCES "public"."grants"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_integration_id_partner_id_integrations_id_partner_id_fk" FOREIGN KEY ("integration_id","partner_id") REFERENCES "public"."integrations"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_specification_id_integration_id_partner_id_specifications_id_integration_id_partner_id_fk" FOREIGN KEY ("specification_id","integration_id","partner_id") REFERENCES "public"."specifications"("id","integration_id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_draft_id_account_id_drafts_id_account_id_fk" FOREIGN KEY ("draft_id","account_id") REFERENCES "public"."drafts"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_links" ADD CONSTRAINT "activation_links_integration_id_partner_id_integrations_id_partner_id_fk" FOREIGN KEY ("integration_id","partner_id") REFERENCES "public"."integrations"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_vendor_application_id_partner_id_vendor_applications_id_partner_id_fk" FOREIGN KEY ("vendor_application_id","partner_id") REFERENCES "public"."vendor_applications"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specifications" ADD CONSTRAINT "specifications_integration_id_partner_id_integrations_id_partner_id_fk" FOREIGN KEY ("integration_id","partner_id") REFERENCES "public"."integrations"("id","partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_applications" ADD CONSTRAINT "vendor_applications_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoff_codes" ADD CONSTRAINT "handoff_codes_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" FOREIGN KEY ("request_id","partner_id","account_id") REFERENCES "public"."activation_requests"("id","partner_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "partners_slug_key" ON "partners" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_tokens_token_hash_key" ON "sign_in_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_tokens_code_hash_key" ON "sign_in_tokens" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "sign_in_tokens_browser" ON "sign_in_tokens" USING btree ("browser_hash","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "activation_requests_account" ON "activation_requests" USING btree ("account_id","submitted_at");--> statement-breakpoint
CREATE INDEX "activation_requests_due" ON "activation_requests" USING btree ("deadline_at") WHERE state = 'awaiting_partner';--> statement-breakpoint
CREATE UNIQUE INDEX "activations_one_live" ON "activations" USING btree ("integration_id","environment_id") WHERE is_occupying;--> statement-breakpoint
CREATE INDEX "activations_in_flight" ON "activations" USING btree ("account_id","integration_id") WHERE state in ('awaiting_partner', 'approved', 'activating');--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_live" ON "connections" USING btree ("integration_id","environment_id") WHERE state <> 'removed';--> statement-breakpoint
CREATE INDEX "connections_account" ON "connections" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_log_account" ON "audit_log" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_partner" ON "audit_log" USING btree ("partner_id","at");--> statement-breakpoint
CREATE INDEX "outbox_events_unsent" ON "outbox_events" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_one_open" ON "drafts" USING btree ("account_id","integration_id") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "grants_one_claim" ON "grants" USING btree ("connector","stage","vendor_request") WHERE state in ('open', 'used', 'released', 'expired');--> statement-breakpoint
CREATE INDEX "grants_draft" ON "grants" USING btree ("draft_id");--> statement-breakpoint
CREATE UNIQUE INDEX "activation_links_token_hash_key" ON "activation_links" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "integrations_slug_key" ON "integrations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "specifications_one_published" ON "specifications" USING btree ("integration_id") WHERE state = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "handoff_codes_code_hash_key" ON "handoff_codes" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "handoff_codes_request" ON "handoff_codes" USING btree ("request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sealed_secrets_live_api_key" ON "sealed_secrets" USING btree ("fingerprint") WHERE name = 'api_key' and owner_kind = 'connection';