DROP INDEX "outbox_events_unsent";--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "forgotten_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "activation_requests_at_work" ON "activation_requests" USING btree ("updated_at") WHERE state = 'processing';--> statement-breakpoint
CREATE INDEX "activation_requests_settled" ON "activation_requests" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "activation_requests_answers_left" ON "activation_requests" USING btree ("settled_at") WHERE form_answers is not null;--> statement-breakpoint
CREATE INDEX "activations_held" ON "activations" USING btree ("integration_id","external_id") WHERE is_occupying;--> statement-breakpoint
CREATE INDEX "activations_answer_lost" ON "activations" USING btree ("id") WHERE failure_reason = 'needs_recovery';--> statement-breakpoint
CREATE INDEX "activations_words_left" ON "activations" USING btree ("state_since") WHERE vendor_answer is not null;--> statement-breakpoint
CREATE INDEX "connections_check_due" ON "connections" USING btree (coalesce(verified_at, state_since)) WHERE state in ('active', 'needs_attention');--> statement-breakpoint
CREATE INDEX "connections_unchecked" ON "connections" USING btree ("id") WHERE attention = 'verification_pending';--> statement-breakpoint
CREATE INDEX "connections_words_left" ON "connections" USING btree ("check_failed_at") WHERE check_answer is not null;--> statement-breakpoint
CREATE INDEX "outbox_events_sent" ON "outbox_events" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "outbox_mails_state" ON "outbox_mails" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "outbox_mails_recipient_left" ON "outbox_mails" USING btree (coalesce(sent_at, last_tried_at, created_at)) WHERE recipient <> 'forgotten@erased.invalid';--> statement-breakpoint
CREATE INDEX "drafts_open" ON "drafts" USING btree ("updated_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "drafts_settings_left" ON "drafts" USING btree ("updated_at") WHERE settings is not null and state in ('discarded', 'expired');--> statement-breakpoint
CREATE INDEX "grants_under_way" ON "grants" USING btree ("state","expires_at") WHERE state not in ('used', 'released', 'expired', 'refused');--> statement-breakpoint
CREATE INDEX "grants_untold" ON "grants" USING btree ("expires_at") WHERE keys_from = 'decision';--> statement-breakpoint
CREATE INDEX "grants_initiator_left" ON "grants" USING btree ("id") WHERE initiator_email is not null;--> statement-breakpoint
CREATE INDEX "grants_words_left" ON "grants" USING btree ("updated_at") WHERE forgotten_at is null and state in ('used', 'released', 'expired', 'refused');--> statement-breakpoint
CREATE INDEX "offboardings_words_left" ON "offboardings" USING btree ("closed_at") WHERE removal_answer is not null;--> statement-breakpoint
CREATE INDEX "vendor_calls_unanswered" ON "vendor_calls" USING btree ("sent_at") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "outbox_events_unsent" ON "outbox_events" USING btree ("created_at") WHERE sent_at is null;