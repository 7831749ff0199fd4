import { definer } from "./definer";

/** Why a key's call is refused, in the order in which it is found; `lib/connection/gateway/refusals.ts` words each. */
const refuse = (refusal: string, ...members: string[]): string =>
  `RETURN pg_catalog.jsonb_build_object(${[`'refusal', '${refusal}'`, ...members].join(", ")});`;

/** A pause that is in force; `isInForce` says the same in code. */
const PAUSES = `p.kind = 'pause' AND p.lifted_at IS NULL AND p.since <= pg_catalog.now()
  AND (p.until IS NULL OR p.until > pg_catalog.now())`;

/**
 * The one rule by which the gateway lets a call through, asked for every call: the key with this hash, for this connection, by
 * the scope and the kind of access that the call needs. `of_needs` holds for each connector the rights of which one suffices
 * (`[{"path", "levels"}]`; an empty list: none is needed), and no entry for one where the operation is closed; null for calls
 * that are no operation of a vendor's. Gives a refusal, or all that the call needs of that one connection. A pause stops what
 * would reach the vendor, and no delivery: its rows wait.
 */
const authorizeCall = definer(
  "authorize_gateway_call(of_key_hash text, of_connection uuid, of_scope text, of_access text, of_needs jsonb)",
  "jsonb",
  "plpgsql",
  `DECLARE k record; c record; h record; wanted jsonb; used text;
   BEGIN
     SELECT a.id, a.partner_id, a.stage, a.scopes, a.last_used_at INTO k FROM public.api_keys a
     WHERE a.key_hash = of_key_hash AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > pg_catalog.now());
     IF NOT FOUND THEN
       UPDATE public.offboardings o SET key_use = 'gateway_key', key_used_at = pg_catalog.now() FROM public.api_keys a
       WHERE a.key_hash = of_key_hash AND a.revoked_at IS NOT NULL AND o.connection_id = of_connection
         AND o.partner_id = a.partner_id AND o.key_used_at IS NULL;
       ${refuse("key_unknown")}
     END IF;
     IF k.last_used_at IS NULL OR k.last_used_at < pg_catalog.now() - interval '1 minute' THEN
       UPDATE public.api_keys SET last_used_at = pg_catalog.now() WHERE id = k.id
         AND (last_used_at IS NULL OR last_used_at < pg_catalog.now() - interval '1 minute');
     END IF;
     IF NOT of_scope = ANY (k.scopes) THEN ${refuse("scope_missing")} END IF;
     SELECT n.id, n.account_id, n.integration_id, n.state, n.attention, n.state_since, i.connector, i.stage,
       v.client_id, v.settings, v.limiter_key, e.external_id,
       s.content -> 'access' AS access, s.content #> '{technicalUser,rights}' AS rights
     INTO c FROM public.connections n
       JOIN public.integrations i ON i.id = n.integration_id
       JOIN public.vendor_applications v ON v.id = i.vendor_application_id
       JOIN public.specifications s ON s.id = n.specification_id
       JOIN public.environments e ON e.id = n.environment_id
     WHERE n.id = of_connection AND n.partner_id = k.partner_id AND i.stage = k.stage;
     IF NOT FOUND THEN ${refuse("connection_unknown")} END IF;
     IF c.access IS NULL OR NOT c.access ? of_access THEN ${refuse("access_not_accepted")} END IF;
     IF of_needs IS NOT NULL THEN
       wanted := of_needs -> c.connector;
       IF wanted IS NULL THEN ${refuse("operation_closed")} END IF;
       IF pg_catalog.jsonb_array_length(wanted) > 0 THEN
         SELECT w ->> 'path' INTO used FROM pg_catalog.jsonb_array_elements(wanted) w, pg_catalog.jsonb_array_elements(c.rights) g
         WHERE g ->> 'path' = w ->> 'path' AND (w -> 'levels') ? (g ->> 'level') LIMIT 1;
         IF used IS NULL THEN ${refuse("right_not_accepted", "'needs', wanted")} END IF;
       END IF;
     END IF;
     IF c.state IN ('offboarding', 'removed') THEN ${refuse("connection_ended", "'since', c.state_since")} END IF;
     IF of_access = 'gateway' THEN
       SELECT p.since, p.until, p.set_by INTO h FROM public.holds p WHERE p.connection_id = of_connection AND ${PAUSES}
       ORDER BY p.until DESC NULLS FIRST, p.id LIMIT 1;
       IF FOUND THEN ${refuse("connection_paused", "'since', h.since", "'until', h.until", "'pausedBy', h.set_by")} END IF;
       IF c.attention IN ('verification_pending', 'credential_refused', 'disconnected') THEN
         ${refuse("connection_needs_attention", "'since', c.state_since", "'attention', c.attention")}
       END IF;
     END IF;
     RETURN pg_catalog.jsonb_build_object(
       'keyId', k.id, 'partnerId', k.partner_id, 'accountId', c.account_id, 'integrationId', c.integration_id,
       'connector', c.connector, 'stage', c.stage, 'clientId', c.client_id, 'settings', c.settings, 'limiterKey', c.limiter_key,
       'externalId', c.external_id, 'rightUsed', used, 'rights', coalesce(c.rights, '[]'::jsonb),
       'dataKey', (SELECT pg_catalog.jsonb_build_object('keyEncryptionKeyId', d.key_encryption_key_id, 'wrappedKey', d.wrapped_key)
         FROM public.data_keys d WHERE d.owner_kind = 'connection_data' AND d.owner_id = of_connection),
       'token', CASE WHEN of_access = 'gateway' THEN (
         SELECT pg_catalog.jsonb_build_object('version', g.version, 'sealed', g.sealed, 'failure', g.failure,
           'isRefused', coalesce(g.refused_version = g.version, false),
           'mintedAgoMs', extract(epoch FROM pg_catalog.clock_timestamp() - g.minted_at) * 1000,
           'validForMs', extract(epoch FROM g.expires_at - pg_catalog.clock_timestamp()) * 1000,
           'failedAgoMs', extract(epoch FROM pg_catalog.clock_timestamp() - g.failed_at) * 1000,
           'isAsked', g.asked_at IS NOT NULL)
         FROM public.gateway_tokens g WHERE g.connection_id = of_connection) END);
   END`,
  ["gateway"],
);

/** Of the transaction's settings: a key in force with the scope `records`, and a connection of its partner's that takes deliveries. */
const ENTERED = `public.connections n
    JOIN public.integrations i ON i.id = n.integration_id
    JOIN public.api_keys a ON a.partner_id = n.partner_id AND a.stage = i.stage
    JOIN public.specifications s ON s.id = n.specification_id
  WHERE n.id = kytkin.connection_id() AND a.key_hash = kytkin.key_hash() AND 'records' = ANY (a.scopes) AND a.revoked_at IS NULL
    AND (a.expires_at IS NULL OR a.expires_at > pg_catalog.now()) AND s.content -> 'access' ? 'deliveries'`;

/**
 * The connection whose deliveries the transaction may see and add to. The settings say which key and connection to look for; whether
 * they belong together is read from their rows, in each statement. Null for any other pair.
 */
const gatewayConnection = definer("gateway_connection()", "uuid", "sql", `SELECT n.id FROM ${ENTERED}`, [
  "gateway",
]);

/** The partner of the key of such a transaction. */
const gatewayPartner = definer("gateway_partner()", "uuid", "sql", `SELECT n.partner_id FROM ${ENTERED}`, [
  "gateway",
]);

/**
 * Holds up the end of a live connection until the caller's commit; false when it has ended. A lock of the row itself would need
 * the right to change connections.
 */
const lockLiveConnection = definer(
  "lock_live_connection(of_connection uuid)",
  "boolean",
  "plpgsql",
  `BEGIN
     PERFORM FROM public.connections c WHERE c.id = of_connection AND c.state NOT IN ('offboarding', 'removed') FOR SHARE;
     RETURN FOUND;
   END`,
  ["gateway", "system"],
);

/** Asks the workers for another token of a live connection, and says which version the vendor no longer took. */
const askToken = definer(
  "ask_gateway_token(of_connection uuid, of_refused_version integer)",
  "void",
  "plpgsql",
  `BEGIN
     INSERT INTO public.gateway_tokens AS g (connection_id, asked_at, refused_version)
     SELECT c.id, pg_catalog.clock_timestamp(), of_refused_version FROM public.connections c
     WHERE c.id = of_connection AND c.state NOT IN ('offboarding', 'removed')
     ON CONFLICT (connection_id) DO UPDATE SET
       asked_at = coalesce(g.asked_at, excluded.asked_at),
       refused_version = greatest(g.refused_version, excluded.refused_version);
     IF FOUND THEN PERFORM pg_catalog.pg_notify('kytkin_gateway_tokens', of_connection::text); END IF;
   END`,
  ["gateway"],
);

/** Those of the given connections that have ended or are paused: what is still on its way for them is cut. */
const stoppedConnections = definer(
  "stopped_connections(of_connections jsonb)",
  "SETOF uuid",
  "sql",
  `SELECT asked.id::uuid FROM pg_catalog.jsonb_array_elements_text(of_connections) AS asked (id)
   WHERE NOT EXISTS (SELECT FROM public.connections c WHERE c.id = asked.id::uuid AND c.state NOT IN ('offboarding', 'removed'))
     OR EXISTS (SELECT FROM public.holds p WHERE p.connection_id = asked.id::uuid AND ${PAUSES})`,
  ["gateway"],
);

/** Writes lines of the call log, or how those ended that were written before they left. Lines of an unknown connection are none. */
const logCalls = definer(
  "log_gateway_calls(calls jsonb)",
  "void",
  "sql",
  `INSERT INTO public.gateway_calls AS g (id, partner_id, account_id, connection_id, integration_id, key_id, method, path_template,
     right_used, outcome, status, duration_ms, sent_bytes, received_bytes, trace_id, called_at)
   SELECT l.id, c.partner_id, c.account_id, c.id, c.integration_id, l.key_id, l.method, l.path_template,
     l.right_used, l.outcome, l.status, l.duration_ms, l.sent_bytes, l.received_bytes, l.trace_id, l.called_at
   FROM pg_catalog.jsonb_to_recordset(calls) AS l (id uuid, connection_id uuid, key_id uuid, method text, path_template text,
     right_used text, outcome text, status integer, duration_ms integer, sent_bytes bigint, received_bytes bigint, trace_id text,
     called_at timestamptz)
   JOIN public.connections c ON c.id = l.connection_id
   ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, status = excluded.status, duration_ms = excluded.duration_ms,
     sent_bytes = excluded.sent_bytes, received_bytes = excluded.received_bytes
     WHERE g.outcome = 'sent' AND g.connection_id = excluded.connection_id`,
  ["gateway"],
);

/**
 * Uses a ticket for a look at one row: once, and within a minute. Gives the sealed parts of that row and what opens them; null for
 * any other ticket, and for a connection whose data key is destroyed.
 */
const useBodyView = definer(
  "use_body_view(of_token_hash text)",
  "jsonb",
  "plpgsql",
  `DECLARE v record;
   BEGIN
     UPDATE public.body_views SET used_at = pg_catalog.now() WHERE token_hash = of_token_hash AND used_at IS NULL
       AND created_at > pg_catalog.now() - interval '60 seconds'
     RETURNING row_id INTO v;
     IF NOT FOUND THEN RETURN NULL; END IF;
     RETURN (SELECT pg_catalog.jsonb_build_object('rowId', r.id, 'connectionId', r.connection_id, 'sealedKey', r.sealed_key,
         'sealedBody', r.sealed_body, 'sealedProblems', r.sealed_problems, 'sealedRecord', r.sealed_record,
         'dataKey', pg_catalog.jsonb_build_object('keyEncryptionKeyId', d.key_encryption_key_id, 'wrappedKey', d.wrapped_key))
       FROM public.delivery_rows r JOIN public.data_keys d ON d.owner_kind = 'connection_data' AND d.owner_id = r.connection_id
       WHERE r.id = v.row_id);
   END`,
  ["gateway"],
);

/** What a member's ticket to an export leads to, once and within a minute. null for any other ticket, and for an export that is gone. */
const useExportTicket = definer(
  "use_export_ticket(of_token_hash text)",
  "jsonb",
  "plpgsql",
  `DECLARE t record;
   BEGIN
     UPDATE public.export_tickets SET used_at = pg_catalog.now() WHERE token_hash = of_token_hash AND used_at IS NULL
       AND created_at > pg_catalog.now() - interval '60 seconds'
     RETURNING export_id INTO t;
     IF NOT FOUND THEN RETURN NULL; END IF;
     RETURN (SELECT pg_catalog.jsonb_build_object('exportId', e.id, 'chunkCount', e.chunk_count, 'sizeBytes', e.size_bytes,
         'dataKey', pg_catalog.jsonb_build_object('keyEncryptionKeyId', d.key_encryption_key_id, 'wrappedKey', d.wrapped_key))
       FROM public.connection_exports e JOIN public.data_keys d ON d.owner_kind = 'connection_export' AND d.owner_id = e.id
       WHERE e.id = t.export_id AND e.state = 'ready' AND e.ends_at > pg_catalog.now());
   END`,
  ["gateway"],
);

/** One chunk for a ticket that was used within the hour; null once the export is gone. */
const readExportChunk = definer(
  "read_export_chunk(of_token_hash text, of_number integer)",
  "bytea",
  "sql",
  `SELECT c.sealed FROM public.export_tickets t
     JOIN public.connection_exports e ON e.id = t.export_id AND e.state = 'ready' AND e.ends_at > pg_catalog.now()
     JOIN public.connection_export_chunks c ON c.export_id = e.id AND c.number = of_number
   WHERE t.token_hash = of_token_hash AND t.used_at > pg_catalog.now() - interval '1 hour'`,
  ["gateway"],
);

export const GATEWAY_FUNCTIONS: readonly string[] = [
  ...authorizeCall,
  ...gatewayConnection,
  ...gatewayPartner,
  ...lockLiveConnection,
  ...useBodyView,
  ...useExportTicket,
  ...readExportChunk,
  ...askToken,
  ...stoppedConnections,
  ...logCalls,
];
