import { definer } from "./definer";

/** Mails that go to the partner's people: no side but the partner and the operator learns to whom. */
const PARTNERS_MAILS = "('request_awaits_partner', 'connections_ended_partner')";
/** What a customer's person does about a connection, as the audit log names it; partners and operators hold or end one, by rows of its own. */
const CUSTOMERS_ACTIONS = [
  "connection.check",
  "connection.prepare",
  "connection.choose_preparation",
  "connection.probe",
  "delivery.settings",
  "delivery.verdict",
  "delivery.import",
  "intake.open",
  "intake.password",
  "intake.add_key",
  "intake.remove_key",
  "intake.addresses",
]
  .map((action) => `'${action}'`)
  .join(", ");

/**
 * What happened with a request, or with one of its connections, newest first: read from the rows that say so, and from the audit log
 * where no row does. `side` decides what is left out: a person is named to their own side alone, notes are the partner's, and an operator
 * sees neither names nor anybody's words.
 */
const timelineRows = definer(
  "timeline_rows(side text, of_partner uuid, of_account uuid, of_request uuid, of_connection uuid, before_at timestamptz, before_key text, wanted integer)",
  `TABLE (happened_at text, key text, kind text, about uuid, company text, by_side text, actor text, what text, words text, until_at timestamptz, answer jsonb)`,
  "sql",
  `WITH asked AS MATERIALIZED (
     SELECT r.* FROM public.activation_requests r
     WHERE r.id = coalesce(of_request, (SELECT a.request_id FROM public.connections c
         JOIN public.activations a ON a.id = c.activation_id WHERE c.id = of_connection))
       AND (side = 'operator' OR r.partner_id = of_partner OR r.account_id = of_account)
   ), env AS MATERIALIZED (
     SELECT a.id, a.grant_id, a.environment_name, a.state, a.state_since, a.failure_reason, a.rejection_reason, a.vendor_answer,
       c.id AS connection_id, c.created_at, c.key_source, c.verified_at, c.attention, c.check_failed_at, c.check_answer
     FROM asked r JOIN public.activations a ON a.request_id = r.id LEFT JOIN public.connections c ON c.activation_id = a.id
     WHERE of_connection IS NULL OR c.id = of_connection
   ), said (at, kind, id, env_id, by_side, actor_kind, actor_id, what, words, until_at, answer) AS (
     SELECT r.submitted_at, 'submitted', r.id::text, NULL::uuid, 'customer', 'user', r.submitted_by::text, NULL::text, NULL::text,
       NULL::timestamptz, NULL::jsonb FROM asked r
     UNION ALL SELECT r.partner_page_opened_at, 'page_opened', r.id::text, NULL, 'customer', NULL, NULL, NULL, NULL, NULL, NULL
     FROM asked r WHERE r.partner_page_opened_at IS NOT NULL
     UNION ALL SELECT r.decided_at, 'decided', r.id::text, NULL, CASE WHEN r.decided_by = 'form' THEN 'customer' ELSE 'partner' END,
       pg_catalog.split_part(r.decided_by, ':', 1), nullif(pg_catalog.split_part(r.decided_by, ':', 2), ''),
       pg_catalog.split_part(r.decided_by, ':', 1), NULL, NULL, NULL
     FROM asked r WHERE r.decided_at IS NOT NULL
     UNION ALL SELECT r.settled_at, CASE WHEN r.state = 'cancelled' THEN 'cancelled' ELSE 'settled' END, r.id::text, NULL,
       CASE WHEN l.actor_id IS NULL THEN NULL WHEN m.user_id IS NULL THEN 'customer' ELSE 'partner' END,
       'user', l.actor_id, NULL, NULL, NULL, NULL
     FROM asked r LEFT JOIN LATERAL (SELECT x.actor_id FROM public.audit_log x WHERE x.subject_id = r.id::text
         AND x.subject_kind = 'activation_request' AND x.action = 'request.cancel' AND x.outcome = 'done' AND r.state = 'cancelled'
         ORDER BY x.at DESC LIMIT 1) l ON true
       LEFT JOIN public.partner_members m ON m.partner_id = r.partner_id AND m.user_id::text = l.actor_id
     WHERE r.settled_at IS NOT NULL
     UNION ALL SELECT l.at, 'done', l.id::text, NULL, CASE WHEN l.action IN ('request.extend', 'handoff.redeem') THEN 'partner' ELSE 'customer' END,
       l.actor_kind, l.actor_id, l.action, NULL, (l.detail ->> 'deadlineAt')::timestamptz, NULL
     FROM asked r JOIN public.audit_log l ON l.subject_id = r.id::text AND l.subject_kind = 'activation_request'
     WHERE l.outcome = 'done' AND l.action IN ('request.extend', 'handoff.redeem', 'request.retry', 'request.answer_form')
     UNION ALL SELECT n.created_at, 'note', n.id::text, NULL, 'partner', 'user', n.author_id::text, NULL, n.body, NULL, NULL
     FROM asked r JOIN public.request_notes n ON n.request_id = r.id AND n.partner_id = r.partner_id WHERE side = 'partner'
     UNION ALL SELECT coalesce(v.answered_at, v.sent_at), 'vendor_call', v.id::text, NULL, NULL, NULL, NULL, v.verb || '.' || v.state,
       v.status::text, NULL, NULL
     FROM asked r JOIN public.request_consents o ON o.request_id = r.id JOIN public.grants g ON g.id = o.grant_id
       JOIN public.vendor_calls v ON v.connector = g.connector AND v.stage = g.stage AND v.vendor_request = g.vendor_request
     WHERE of_connection IS NULL OR o.grant_id IN (SELECT e.grant_id FROM env e)
     UNION ALL SELECT e.state_since, 'environment', e.id::text, e.id, NULL, NULL, NULL, pg_catalog.concat_ws('.', e.state, e.failure_reason),
       e.rejection_reason, NULL, NULL
     FROM env e WHERE e.state NOT IN ('awaiting_partner', 'cancelled')
     UNION ALL SELECT (e.vendor_answer ->> 'at')::timestamptz, 'vendor_answer', e.id::text, e.id, NULL, NULL, NULL, NULL, NULL, NULL, e.vendor_answer
     FROM env e WHERE e.vendor_answer IS NOT NULL
     UNION ALL SELECT e.created_at, 'connection_made', e.connection_id::text, e.id, NULL, NULL, NULL, e.key_source, NULL, NULL, NULL
     FROM env e WHERE e.connection_id IS NOT NULL
     UNION ALL SELECT e.verified_at, 'checked', e.connection_id::text, e.id, NULL, NULL, NULL, e.attention, NULL, NULL, NULL
     FROM env e WHERE e.verified_at IS NOT NULL
     UNION ALL SELECT e.check_failed_at, 'check_failed', e.connection_id::text, e.id, NULL, NULL, NULL, NULL, NULL, NULL, e.check_answer
     FROM env e WHERE e.check_failed_at IS NOT NULL
     UNION ALL SELECT w.created_at, 'connection_state', w.id::text, e.id, NULL, NULL, NULL,
       pg_catalog.concat_ws('.', pg_catalog.split_part(w.type, '.', 2), w.data ->> 'attention'), NULL, NULL, NULL
     FROM env e JOIN public.webhook_events w ON w.subject_id = e.connection_id
     WHERE w.type = 'connection.needs_attention' OR (w.type = 'connection.active' AND EXISTS (SELECT 1 FROM public.webhook_events x
       WHERE x.subject_id = w.subject_id AND x.sequence < w.sequence AND x.type <> 'connection.preparing'))
     UNION ALL SELECT p.ended_at, 'prepared', e.connection_id::text, e.id, NULL, NULL, NULL, p.state, NULL, NULL,
       (SELECT s.answer FROM public.preparation_steps s WHERE s.connection_id = p.connection_id AND s.state = 'cannot'
         AND s.answer IS NOT NULL ORDER BY s.position LIMIT 1)
     FROM env e JOIN public.connection_preparations p ON p.connection_id = e.connection_id WHERE p.ended_at IS NOT NULL
     UNION ALL SELECT l.at, 'done', l.id::text, e.id, 'customer', l.actor_kind, l.actor_id, l.action, NULL, NULL, NULL
     FROM env e JOIN public.audit_log l ON l.subject_id = e.connection_id::text AND l.subject_kind = 'connection'
     WHERE l.outcome = 'done' AND l.action IN (${CUSTOMERS_ACTIONS})
     UNION ALL SELECT u.created_at, 'updated', u.id::text, e.id, CASE WHEN u.acceptance_id IS NULL THEN NULL ELSE 'customer' END, 'user',
       t.accepted_by::text, CASE WHEN u.acceptance_id IS NULL THEN 'followed' ELSE 'accepted' END, s.version::text, NULL, NULL
     FROM env e JOIN public.connection_updates u ON u.connection_id = e.connection_id
       JOIN public.specifications s ON s.id = u.specification_id LEFT JOIN public.update_acceptances t ON t.id = u.acceptance_id
     UNION ALL SELECT h.created_at, 'hold_set', h.id::text, e.id, h.set_by, CASE WHEN h.set_by_key IS NULL THEN 'user' ELSE 'api_key' END,
       coalesce(h.set_by_user, h.set_by_key)::text, h.kind, h.reason, h.until, NULL
     FROM env e JOIN public.holds h ON h.connection_id = e.connection_id
     UNION ALL SELECT h.lifted_at, 'hold_lifted', h.id::text, e.id, h.lifted_by,
       CASE WHEN h.lifted_by_key IS NULL THEN 'user' ELSE 'api_key' END, coalesce(h.lifted_by_user, h.lifted_by_key)::text, h.kind, NULL, NULL, NULL
     FROM env e JOIN public.holds h ON h.connection_id = e.connection_id WHERE h.lifted_at IS NOT NULL
     UNION ALL SELECT s.at, 'offboarding', s.id::text, e.id, CASE WHEN s.kind = 'asked' THEN f.asked_by END,
       CASE WHEN f.asked_by_key IS NULL THEN 'user' ELSE 'api_key' END,
       CASE WHEN s.kind = 'asked' THEN coalesce(f.asked_by_user, f.asked_by_key)::text END, s.kind, CASE WHEN s.kind = 'asked' THEN f.reason END, NULL, NULL
     FROM env e JOIN public.offboarding_steps s ON s.connection_id = e.connection_id JOIN public.offboardings f ON f.connection_id = e.connection_id
     UNION ALL SELECT (f.removal_answer ->> 'at')::timestamptz, 'removal_refused', e.connection_id::text, e.id, NULL, NULL, NULL, NULL, NULL, NULL,
       f.removal_answer
     FROM env e JOIN public.offboardings f ON f.connection_id = e.connection_id WHERE f.removal_answer IS NOT NULL
     UNION ALL SELECT f.last_probe_at, 'probed', e.connection_id::text, e.id, NULL, NULL, NULL, f.last_probe, NULL, NULL, NULL
     FROM env e JOIN public.offboardings f ON f.connection_id = e.connection_id WHERE f.last_probe_at IS NOT NULL
     UNION ALL SELECT coalesce(m.sent_at, m.last_tried_at, m.created_at), 'mail', m.id::text, NULL, NULL, NULL, NULL, m.kind || '.' || m.state,
       CASE WHEN side <> 'customer' OR m.kind NOT IN ${PARTNERS_MAILS} THEN m.recipient_masked END, NULL, NULL
     FROM public.outbox_mails m
     WHERE m.subject_id IN (SELECT r.id FROM asked r UNION SELECT f.ask_id FROM env e JOIN public.offboardings f ON f.connection_id = e.connection_id)
       AND (side = 'operator' OR m.partner_id = of_partner OR m.account_id = of_account)
   )
   SELECT pg_catalog.to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), t.kind || '.' || t.id, t.kind,
     CASE WHEN t.kind = 'mail' THEN t.id::uuid ELSE t.env_id END, CASE WHEN side <> 'operator' THEN e.environment_name END, t.by_side,
     CASE WHEN t.by_side IS DISTINCT FROM side THEN NULL
       WHEN t.actor_kind = 'api_key' THEN (SELECT k.name FROM public.api_keys k WHERE k.id::text = t.actor_id AND k.partner_id = of_partner)
       WHEN side = 'partner' THEN (SELECT u.email FROM public.partner_members m JOIN public.users u ON u.id = m.user_id
         WHERE m.partner_id = of_partner AND m.user_id::text = t.actor_id)
       WHEN side = 'customer' THEN (SELECT u.email FROM public.memberships m JOIN public.users u ON u.id = m.user_id
         WHERE m.account_id = of_account AND m.user_id::text = t.actor_id) END,
     t.what, CASE WHEN side <> 'operator' OR t.kind IN ('mail', 'vendor_call', 'updated') THEN t.words END, t.until_at,
     CASE WHEN side = 'operator' THEN t.answer || '{"messages": []}'::jsonb ELSE t.answer END
   FROM said t LEFT JOIN env e ON e.id = t.env_id
   WHERE before_at IS NULL OR (t.at, (t.kind || '.' || t.id) COLLATE "C") < (before_at, before_key COLLATE "C")
   ORDER BY t.at DESC, (t.kind || '.' || t.id) COLLATE "C" DESC LIMIT wanted`,
  [],
);

const timelineOf = (side: "customer" | "partner" | "operator", owner: string): string[] =>
  definer(
    `${side}_timeline(of_request uuid, of_connection uuid, before_at timestamptz, before_key text, wanted integer)`,
    `TABLE (happened_at text, key text, kind text, about uuid, company text, by_side text, actor text, what text, words text, until_at timestamptz, answer jsonb)`,
    "sql",
    owner,
    [side],
  );

const REST = "of_request, of_connection, before_at, before_key, wanted";

/** One function for each side: whose rows it reads is decided by the scope that it was granted to. */
export const TIMELINE_FUNCTIONS = [
  ...timelineRows,
  ...timelineOf(
    "customer",
    `SELECT * FROM kytkin.timeline_rows('customer', NULL, kytkin.account_id(), ${REST})`,
  ),
  ...timelineOf(
    "partner",
    `SELECT * FROM kytkin.timeline_rows('partner', kytkin.partner_id(), NULL, ${REST})`,
  ),
  ...timelineOf(
    "operator",
    `SELECT t.* FROM kytkin.timeline_rows('operator', NULL, NULL, ${REST}) t WHERE kytkin.is_operator()`,
  ),
];
