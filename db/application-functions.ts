import { definer } from "./definer";

/** Triggers' functions that run as the owner: partners have no right to sealed secrets, whatever they end. */
const forgetSealed = [
  `CREATE OR REPLACE FUNCTION kytkin.forget_sealed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
   BEGIN
     DELETE FROM public.data_keys k WHERE k.owner_kind = TG_ARGV[0] AND k.owner_id = OLD.id;
     RETURN NULL;
   END $$`,
  "REVOKE ALL ON FUNCTION kytkin.forget_sealed() FROM PUBLIC",
  `CREATE OR REPLACE FUNCTION kytkin.forget_trial() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
   BEGIN
     DELETE FROM public.data_keys k WHERE k.owner_kind = 'application_trial' AND k.owner_id = OLD.id;
     NEW.sealed := NULL;
     RETURN NEW;
   END $$`,
  "REVOKE ALL ON FUNCTION kytkin.forget_trial() FROM PUBLIC",
];

/** Secrets go in the transaction of what ends their use: the deletion, or a trial that passed or was discarded. */
const forgetting = [
  "DROP TRIGGER IF EXISTS vendor_applications_forget ON public.vendor_applications",
  `CREATE TRIGGER vendor_applications_forget AFTER DELETE ON public.vendor_applications
     FOR EACH ROW EXECUTE FUNCTION kytkin.forget_sealed('vendor_application')`,
  "DROP TRIGGER IF EXISTS application_trials_forget_deleted ON public.application_trials",
  `CREATE TRIGGER application_trials_forget_deleted AFTER DELETE ON public.application_trials
     FOR EACH ROW EXECUTE FUNCTION kytkin.forget_sealed('application_trial')`,
  "DROP TRIGGER IF EXISTS application_trials_forget_ended ON public.application_trials",
  `CREATE TRIGGER application_trials_forget_ended BEFORE UPDATE OF state ON public.application_trials
     FOR EACH ROW WHEN (NEW.state IN ('passed', 'discarded')) EXECUTE FUNCTION kytkin.forget_trial()`,
];

/** Names of the secrets that a partner's vendor application has; never what they are. */
const applicationSecrets = definer(
  "application_secrets(of_application uuid)",
  "TABLE (name text)",
  "sql",
  `SELECT s.name FROM public.sealed_secrets s JOIN public.vendor_applications a ON a.id = s.owner_id
   WHERE s.owner_kind = 'vendor_application' AND a.id = of_application AND a.partner_id = kytkin.partner_id()
     AND s.name <> 'access_token'`,
  ["partner"],
);

export const APPLICATION_FUNCTIONS = [...forgetSealed, ...forgetting, ...applicationSecrets];
