-- Renamed in place: constraints that are made anew would read every row, which row-level security keeps from the owner.
ALTER TABLE "consents" RENAME TO "terms_acceptances";--> statement-breakpoint
ALTER TABLE "terms_acceptances" RENAME CONSTRAINT "consents_pkey" TO "terms_acceptances_pkey";--> statement-breakpoint
ALTER TABLE "terms_acceptances" RENAME CONSTRAINT "consents_request_key" TO "terms_acceptances_request_key";--> statement-breakpoint
ALTER TABLE "terms_acceptances" RENAME CONSTRAINT "consents_account_id_accounts_id_fk" TO "terms_acceptances_account_id_accounts_id_fk";--> statement-breakpoint
ALTER TABLE "terms_acceptances" RENAME CONSTRAINT "consents_accepted_by_users_id_fk" TO "terms_acceptances_accepted_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "terms_acceptances" RENAME CONSTRAINT "consents_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk" TO "terms_acceptances_request_id_partner_id_account_id_activation_requests_id_partner_id_account_id_fk";
