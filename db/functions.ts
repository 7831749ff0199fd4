import { APPLICATION_FUNCTIONS } from "./application-functions";
import { COMPANY_FUNCTIONS } from "./company-functions";
import { CONNECTION_FUNCTIONS } from "./connection-functions";
import { definer } from "./definer";
import { EVIDENCE_FUNCTIONS } from "./evidence-functions";
import { GATEWAY_FUNCTIONS } from "./gateway-functions";
import { GUEST_FUNCTIONS } from "./guest-functions";
import { HEALTH_FUNCTIONS } from "./health-functions";
import { INBOUND_FUNCTIONS } from "./inbound-functions";
import { INTAKE_FUNCTIONS } from "./intake-functions";
import { NAME_FUNCTIONS } from "./integration-name";
import { LINK_FUNCTIONS } from "./link-functions";
import { PARTNER_FUNCTIONS } from "./partner-functions";
import { TIMELINE_FUNCTIONS } from "./timeline-functions";
import { WEBHOOK_FUNCTIONS } from "./webhook-functions";

const setting = (name: string, type: string): string =>
  `CREATE OR REPLACE FUNCTION kytkin.${name}() RETURNS ${type} LANGUAGE sql STABLE SET search_path = ''
   AS $$ SELECT nullif(pg_catalog.current_setting('kytkin.${name}', true), '')::${type} $$`;

/** Counts one try; false when the window's limit is used up. Windows are fixed, from the first try. */
const takeRateLimit = definer(
  "take_rate_limit(wanted_key text, max_count integer, window_seconds integer)",
  "boolean",
  "sql",
  `INSERT INTO public.rate_limits AS r (key, window_ends_at, count)
     VALUES (wanted_key, pg_catalog.now() + pg_catalog.make_interval(secs => window_seconds), 1)
   ON CONFLICT (key) DO UPDATE SET
     count = CASE WHEN r.window_ends_at < pg_catalog.now() THEN 1 ELSE r.count + 1 END,
     window_ends_at = CASE WHEN r.window_ends_at < pg_catalog.now() THEN excluded.window_ends_at ELSE r.window_ends_at END
   RETURNING count <= max_count`,
  ["public", "auth", "customer", "guest", "partner", "intake"],
);

/** Tries counted in the running window, without counting one. */
const rateLimitUsed = definer(
  "rate_limit_used(wanted_key text)",
  "integer",
  "sql",
  "SELECT coalesce((SELECT count FROM public.rate_limits WHERE key = wanted_key AND window_ends_at > pg_catalog.now()), 0)",
  ["public", "intake"],
);

/** In how many seconds the running window of a limit ends; 0 without one. */
const rateLimitEnds = definer(
  "rate_limit_ends(wanted_key text)",
  "integer",
  "sql",
  `SELECT coalesce((SELECT greatest(ceil(extract(epoch FROM window_ends_at - pg_catalog.now())), 0)::integer
     FROM public.rate_limits WHERE key = wanted_key), 0)`,
  ["public", "auth", "customer", "guest", "partner", "intake"],
);

/** Counts one call against a quota: what is used of it now, and in how many seconds it begins anew. */
const takeQuota = definer(
  "take_quota(wanted_key text, window_seconds integer)",
  "TABLE (used integer, resets_in_seconds integer)",
  "sql",
  `INSERT INTO public.rate_limits AS r (key, window_ends_at, count)
     VALUES (wanted_key, pg_catalog.now() + pg_catalog.make_interval(secs => window_seconds), 1)
   ON CONFLICT (key) DO UPDATE SET
     count = CASE WHEN r.window_ends_at < pg_catalog.now() THEN 1 ELSE r.count + 1 END,
     window_ends_at = CASE WHEN r.window_ends_at < pg_catalog.now() THEN excluded.window_ends_at ELSE r.window_ends_at END
   RETURNING count, ceil(extract(epoch FROM window_ends_at - pg_catalog.now()))::integer`,
  ["partner"],
);

/** The id of an environment, made when it is new: the row holds no tenant's data. */
const environmentId = definer(
  "environment_id(of_connector text, of_stage text, of_external_id text, new_id uuid)",
  "uuid",
  "sql",
  `INSERT INTO public.environments AS e (id, connector, stage, external_id)
     VALUES (new_id, of_connector, of_stage, of_external_id) ON CONFLICT DO NOTHING;
   SELECT id FROM public.environments WHERE connector = of_connector AND stage = of_stage AND external_id = of_external_id`,
  ["customer", "guest", "system"],
);

/** Which of these environments are held for an integration, and no more than whether by the asking account. */
const heldEnvironments = definer(
  "held_environments(of_integration uuid, of_external_ids text[])",
  "TABLE (external_id text, is_own boolean, state text)",
  "sql",
  // A guest has no account here, and learns of none of its activations.
  `SELECT a.external_id, coalesce(a.account_id = kytkin.account_id(), false), CASE WHEN a.account_id = kytkin.account_id() THEN a.state END
   FROM public.activations a
   WHERE a.integration_id = of_integration AND a.is_occupying AND a.external_id = ANY (of_external_ids)`,
  ["customer", "guest", "system"],
);

/** A callback URL names its integration. The settings are for the connector, which reads its callback with them. */
const integrationForReturn = definer(
  "integration_for_return(of_slug text)",
  "TABLE (id uuid, connector text, stage text, client_id text, settings jsonb)",
  "sql",
  `SELECT i.id, i.connector, i.stage, v.client_id, v.settings
   FROM public.integrations i JOIN public.vendor_applications v ON v.id = i.vendor_application_id WHERE i.slug = of_slug`,
  ["public", "customer", "guest"],
);

/**
 * Takes the person back who went to the vendor with this state: once, and only that person. The vendor's address may have
 * run out while its dialog was being read, so an hour more is given.
 */
const returnWithState = definer(
  "return_with_state(of_integration uuid, of_state_hash text, of_outcome text, of_token text)",
  "uuid",
  "sql",
  `UPDATE public.grants SET state = 'reading', return_outcome = of_outcome, return_token = of_token, expires_at = NULL, updated_at = pg_catalog.now()
   WHERE state_hash = of_state_hash AND integration_id = of_integration AND state = 'consenting'
     AND account_id = kytkin.request_account() AND user_id = kytkin.user_id()
     AND (kytkin.draft_id() IS NULL OR draft_id = kytkin.draft_id())
     AND expires_at > pg_catalog.now() - interval '1 hour'
   RETURNING id`,
  ["customer", "guest"],
);

/** The oldest link that works of a listed integration: what is listed may be opened by anybody. */
const publicLink = definer(
  "public_link(of_slug text)",
  "text",
  "sql",
  `SELECT l.token FROM public.integrations i JOIN public.activation_links l ON l.integration_id = i.id
   WHERE i.slug = of_slug AND i.is_listed AND l.kind = 'shared' AND l.max_uses IS NULL AND l.withdrawn_at IS NULL
     AND (l.expires_at IS NULL OR l.expires_at > pg_catalog.now())
   ORDER BY l.created_at LIMIT 1`,
  ["public"],
);

/** Opens the grant that waits for this confirmation. False when there is none, it was used, or it is older than a day. */
const confirmInitiator = definer(
  "confirm_initiator(of_token_hash text)",
  "boolean",
  "plpgsql",
  `BEGIN
     UPDATE public.grants SET state = 'open', confirm_token_hash = NULL, updated_at = pg_catalog.now()
     WHERE confirm_token_hash = of_token_hash AND state = 'awaiting_initiator'
       AND created_at > pg_catalog.now() - interval '1 day' AND expires_at > pg_catalog.now();
     RETURN FOUND;
   EXCEPTION WHEN unique_violation THEN RETURN false;
   END`,
  ["public"],
);

const confirmationPreview = definer(
  "confirmation_preview(of_token_hash text)",
  "TABLE (initiator_masked text, integration_id uuid)",
  "sql",
  `SELECT g.initiator_masked, g.integration_id FROM public.grants g
   WHERE g.confirm_token_hash = of_token_hash AND g.state = 'awaiting_initiator' AND g.expires_at > pg_catalog.now()`,
  ["public"],
);

/** Who a link about a change of address concerns; `confirm` from the new address's mail, `undo` from the old one's. */
const emailChangePreview = definer(
  "email_change_preview(of_token_hash text)",
  "TABLE (kind text, old_email text, new_email text, is_own boolean)",
  "sql",
  `SELECT CASE WHEN c.token_hash = of_token_hash THEN 'confirm' ELSE 'undo' END, c.old_email, c.new_email,
     coalesce(c.user_id = kytkin.user_id(), false)
   FROM public.email_changes c
   WHERE (c.token_hash = of_token_hash AND c.ended_at IS NULL AND c.expires_at > pg_catalog.now())
      OR (c.undo_token_hash = of_token_hash AND c.undone_at IS NULL AND c.undo_until > pg_catalog.now())`,
  ["public", "customer"],
);

/**
 * Gives the signed-in person the address that the token was mailed to, also for what is under way, and ends its other sessions. The id of the change;
 * null when the token is used, too old or another person's, or the address has an account meanwhile.
 */
const confirmEmailChange = definer(
  "confirm_email_change(of_token_hash text, of_session uuid)",
  "uuid",
  "plpgsql",
  `DECLARE change public.email_changes;
   BEGIN
     -- As the way back does first: one of the two sees what the other did.
     PERFORM FROM public.users WHERE id = kytkin.user_id() FOR UPDATE;
     UPDATE public.email_changes c SET confirmed_at = pg_catalog.now(), ended_at = pg_catalog.now(),
       undo_until = pg_catalog.now() + interval '7 days', old_email = u.email
     FROM public.users u
     WHERE c.token_hash = of_token_hash AND c.ended_at IS NULL AND c.expires_at > pg_catalog.now()
       AND u.id = c.user_id AND c.user_id = kytkin.user_id()
     RETURNING c.* INTO change;
     IF NOT FOUND THEN RETURN NULL; END IF;
     UPDATE public.users SET email = change.new_email WHERE id = change.user_id;
     UPDATE public.activation_requests SET notified_email = change.new_email
     WHERE submitted_by = change.user_id AND notified_email = change.old_email AND settled_at IS NULL;
     DELETE FROM public.sessions WHERE user_id = change.user_id AND id <> of_session;
     RETURN change.id;
   EXCEPTION WHEN unique_violation THEN RETURN NULL;
   END`,
  ["customer"],
);

/**
 * Gives the old address back to whoever has its mailbox, and ends all sessions. What was changed after it is over too: the
 * addresses in between may be a thief's, and their mails hold a way back as well. `done`; `taken` while a new account has
 * the address; `unknown` when the token is used, ended or too old.
 */
const undoEmailChange = definer(
  "undo_email_change(of_token_hash text)",
  "text",
  "plpgsql",
  `DECLARE change public.email_changes; present public.users;
   BEGIN
     SELECT u.* INTO present FROM public.users u
     WHERE u.id = (SELECT c.user_id FROM public.email_changes c WHERE c.undo_token_hash = of_token_hash) FOR UPDATE;
     UPDATE public.email_changes c SET undone_at = pg_catalog.now()
     WHERE c.undo_token_hash = of_token_hash AND c.undone_at IS NULL AND c.undo_until > pg_catalog.now()
     RETURNING c.* INTO change;
     IF NOT FOUND THEN RETURN 'unknown'; END IF;
     UPDATE public.users SET email = change.old_email WHERE id = change.user_id;
     UPDATE public.activation_requests SET notified_email = change.old_email
     WHERE submitted_by = change.user_id AND notified_email = present.email AND settled_at IS NULL;
     UPDATE public.email_changes SET ended_at = pg_catalog.now() WHERE user_id = change.user_id AND ended_at IS NULL;
     UPDATE public.email_changes SET undone_at = pg_catalog.now()
     WHERE user_id = change.user_id AND confirmed_at >= change.confirmed_at AND undone_at IS NULL;
     DELETE FROM public.sessions WHERE user_id = change.user_id;
     RETURN 'done';
   EXCEPTION WHEN unique_violation THEN RETURN 'taken';
   END`,
  ["public"],
);

/** A mail came back: it failed after all, and an operator is told. False when no mail that was sent has this id. */
const recordBounce = definer(
  "record_bounce(of_message_id text, what_was_said text, new_task_id uuid)",
  "boolean",
  "sql",
  `WITH bounced AS (
     UPDATE public.outbox_mails SET state = 'failed', last_error = what_was_said
     WHERE message_id = of_message_id AND state = 'sent' RETURNING id
   ), task AS (
     INSERT INTO public.tasks (id, kind, subject_id) SELECT new_task_id, 'mail_failed', id FROM bounced
     ON CONFLICT (kind, subject_id) WHERE resolved_at IS NULL DO UPDATE SET found_at = pg_catalog.now()
   )
   SELECT EXISTS (SELECT FROM bounced)`,
  ["auth"],
);

/**
 * A request's one mail: whether it was sent, and to whom. The account's members see of other mails only that they are; a guest
 * learns the address if it is their own.
 */
const requestMail = definer(
  "request_mail(of_request uuid)",
  "TABLE (state text, recipient text)",
  "sql",
  `SELECT m.state, CASE WHEN kytkin.account_id() IS NOT NULL OR u.email = m.recipient THEN m.recipient END
   FROM public.outbox_mails m
     JOIN public.activation_requests r ON r.id = m.subject_id
     LEFT JOIN public.users u ON u.id = kytkin.user_id()
   WHERE m.subject_id = of_request AND m.kind = 'request_settled'
     AND (r.account_id = kytkin.account_id() OR r.draft_id = kytkin.guest_draft())`,
  ["customer", "guest"],
);

const isOperator = definer(
  "is_operator()",
  "boolean",
  "sql",
  "SELECT EXISTS (SELECT FROM public.operators WHERE user_id = kytkin.user_id())",
  ["operator"],
);

/** The address of an operator, for the other operators; of nobody else. */
const operatorEmail = definer(
  "operator_email(of_user uuid)",
  "text",
  "sql",
  "SELECT u.email FROM public.users u JOIN public.operators o ON o.user_id = u.id WHERE u.id = of_user",
  ["operator"],
);

/** Columns whose ids are told on the channel when a row changes: a request's page and its partner's lists follow them. */
const NOTIFIED_COLUMNS: Record<string, readonly string[]> = {
  activation_requests: ["id", "partner_id"],
  activations: ["request_id", "partner_id"],
  connections: ["partner_id"],
  grants: ["id"],
  outbox_mails: ["subject_id", "partner_id"],
  application_trials: ["partner_id"],
  webhook_deliveries: ["partner_id"],
  request_notes: ["partner_id"],
  // A member's open pages end with the membership.
  partner_members: ["partner_id"],
};

const notifyRequest = [
  `CREATE OR REPLACE FUNCTION kytkin.notify_request() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
   DECLARE changed jsonb := pg_catalog.to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END); id text;
   BEGIN
     FOREACH id IN ARRAY TG_ARGV LOOP
       IF changed ->> id IS NOT NULL THEN PERFORM pg_catalog.pg_notify('kytkin_requests', changed ->> id); END IF;
     END LOOP;
     RETURN NULL;
   END $$`,
  ...Object.entries(NOTIFIED_COLUMNS).flatMap(([table, columns]) => [
    `DROP TRIGGER IF EXISTS ${table}_notify ON public.${table}`,
    `CREATE TRIGGER ${table}_notify AFTER INSERT OR UPDATE OR DELETE ON public.${table}
       FOR EACH ROW EXECUTE FUNCTION kytkin.notify_request(${columns.map((column) => `'${column}'`).join(", ")})`,
  ]),
];

/** Everything in schema `kytkin`. Idempotent; run by the owner before the policies that use it. */
export function functionStatements(): string[] {
  return [
    "CREATE SCHEMA IF NOT EXISTS kytkin",
    ...["account_id", "user_id", "draft_id", "connection_id"].map((name) => setting(name, "uuid")),
    ...["link_hash", "key_hash"].map((name) => setting(name, "text")),
    ...NAME_FUNCTIONS,
    ...GUEST_FUNCTIONS,
    ...PARTNER_FUNCTIONS,
    ...takeRateLimit,
    ...rateLimitUsed,
    ...rateLimitEnds,
    ...takeQuota,
    ...INBOUND_FUNCTIONS,
    ...environmentId,
    ...heldEnvironments,
    ...integrationForReturn,
    ...returnWithState,
    ...publicLink,
    ...confirmInitiator,
    ...confirmationPreview,
    ...emailChangePreview,
    ...confirmEmailChange,
    ...undoEmailChange,
    ...recordBounce,
    ...requestMail,
    ...isOperator,
    ...operatorEmail,
    ...COMPANY_FUNCTIONS,
    ...CONNECTION_FUNCTIONS,
    ...EVIDENCE_FUNCTIONS,
    ...GATEWAY_FUNCTIONS,
    ...HEALTH_FUNCTIONS,
    ...INTAKE_FUNCTIONS,
    ...LINK_FUNCTIONS,
    ...TIMELINE_FUNCTIONS,
    ...APPLICATION_FUNCTIONS,
    ...WEBHOOK_FUNCTIONS,
    ...notifyRequest,
  ];
}
