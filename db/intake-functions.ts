import { definer } from "./definer";

/**
 * What decides a sign-in by this name: nothing for an unknown name, or a connection that has ended. `asks_address` is set in
 * the first day of an account, when another address is noted and let in.
 */
const intakeAccount = definer(
  "intake_account(of_user_name text)",
  `TABLE (connection_id uuid, partner_id uuid, account_id uuid, password_hash text, public_keys jsonb,
    allowed_networks text[], allows_any_address boolean, asks_address boolean)`,
  "sql",
  `SELECT a.connection_id, a.partner_id, a.account_id, a.password_hash, a.public_keys, a.allowed_networks, a.allows_any_address,
     a.created_at > pg_catalog.now() - interval '24 hours'
   FROM public.intake_accounts a JOIN public.connections c ON c.id = a.connection_id
   WHERE a.user_name = of_user_name AND c.state NOT IN ('offboarding', 'removed')`,
  ["intake"],
);

export const INTAKE_FUNCTIONS: readonly string[] = intakeAccount;
