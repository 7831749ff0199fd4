import { definer } from "./definer";

/** Of the version in force of a connection `c`: whether it lets its customer send files. */
const TAKES_FILES = `EXISTS (SELECT FROM public.specifications s
     WHERE s.id = c.specification_id AND s.content -> 'access' ? 'files')`;

/**
 * What decides a sign-in by this name: nothing for an unknown name, a closed account, a connection that has ended, or one whose
 * accepted version takes no files. `asks_address` is set in
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
   WHERE a.user_name = of_user_name AND a.closed_at IS NULL AND c.state NOT IN ('offboarding', 'removed') AND ${TAKES_FILES}`,
  ["intake"],
);

/**
 * Whether a client that signed in then may go on: its account is open, its connection lives, and what it signed in with, the
 * key with this fingerprint or (null) the password, still opens the account.
 */
const isSessionAlive = definer(
  "is_intake_session_alive(of_connection uuid, of_fingerprint text, signed_in_at timestamptz)",
  "boolean",
  "sql",
  `SELECT EXISTS (SELECT FROM public.intake_accounts a JOIN public.connections c ON c.id = a.connection_id
     WHERE a.connection_id = of_connection AND a.closed_at IS NULL AND c.state NOT IN ('offboarding', 'removed')
       AND CASE WHEN of_fingerprint IS NULL THEN a.password_hash IS NOT NULL AND a.password_set_at <= signed_in_at
         ELSE a.public_keys @> pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('fingerprint', of_fingerprint)) END)`,
  ["intake"],
);

export const INTAKE_FUNCTIONS: readonly string[] = [...intakeAccount, ...isSessionAlive];
