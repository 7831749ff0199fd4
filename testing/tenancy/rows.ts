import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";

/** A row as JSON, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Writes a row given as JSON; columns that are not in it take their defaults. */
export function insertRow(tx: TransactionSql, table: string, row: Row) {
  const columns = tx(Object.keys(row));
  return tx`insert into public.${tx(table)} (${columns})
    select ${columns} from jsonb_populate_record(null::public.${tx(table)}, ${JSON.stringify(row)}::text::jsonb)`;
}

export type TenantIds = {
  accountId: string;
  userId: string;
  partnerId: string;
  draftId: string;
  connectionId: string;
};

/** At least one row of every table, parents first, of one account and one partner who deal with each other. */
export function makeRows(
  name: string,
  { accountId, userId, partnerId, draftId: draft, connectionId: connection }: TenantIds,
): [string, Row][] {
  const [application, integration, specification, grant, link] = uuids();
  const [environment, request, activation, key, company, upload] = uuids();
  const [intakeFile, imported, exported, document] = uuids();
  const [endpoint, event, delivery] = uuids();
  const [sent, row, acceptance, retirement] = uuids();
  const now = "2026-01-01T00:00:00Z";
  const vendor = { connector: "procountor", stage: "test" };
  const ofAccount = { account_id: accountId };
  const ofPartner = { partner_id: partnerId };
  const ofIntegration = { ...ofPartner, integration_id: integration };
  const ofRequest = { ...ofAccount, ...ofPartner, request_id: request };
  const ofConnection = { ...ofAccount, ...ofPartner, connection_id: connection };
  // A step onto itself: the trigger that moves the connection leaves it where it is.
  const updated = { specification_id: specification, verdict: "needs_consent" };
  const step = { ...updated, from_specification_id: specification };
  const accepted = { accepted_by: userId, accepted_at: now, content_hash: name };
  return [
    ["accounts", { id: accountId, name }],
    ["users", { id: userId, email: `${name}@example.com`, active_account_id: accountId }],
    ["memberships", { ...ofAccount, user_id: userId }],
    ["operators", { user_id: userId }],
    ["sessions", { id: randomUUID(), token_hash: name, user_id: userId, expires_at: now }],
    [
      "sign_in_tokens",
      {
        id: randomUUID(),
        email: `${name}@example.com`,
        token_hash: name,
        code_hash: name,
        browser_hash: name,
        user_agent: name,
        callback_path: "/home",
        expires_at: now,
        code_expires_at: now,
      },
    ],
    [
      "email_changes",
      {
        id: randomUUID(),
        user_id: userId,
        old_email: `${name}@example.com`,
        new_email: `${name}@example.org`,
        expires_at: now,
      },
    ],
    ["partners", { id: partnerId, slug: name, name, notify_email: `${name}@partner.example` }],
    ["partner_members", { ...ofPartner, user_id: userId, role: "owner" }],
    [
      "partner_invitations",
      {
        id: randomUUID(),
        ...ofPartner,
        email: `member-${name}@example.com`,
        role: "support",
        state: "open",
        token_hash: `key-${name}`,
        invited_by: userId,
        expires_at: now,
      },
    ],
    [
      "partner_applications",
      {
        id: randomUUID(),
        user_id: userId,
        name,
        business_id: name,
        website_url: `https://${name}.example`,
        message: name,
        locale: "en",
      },
    ],
    ["vendor_applications", { id: application, ...ofPartner, ...vendor, client_id: name, limiter_key: name }],
    [
      "integrations",
      { id: integration, ...ofPartner, ...vendor, slug: name, vendor_application_id: application },
    ],
    [
      "specifications",
      {
        id: specification,
        ...ofIntegration,
        version: 1,
        state: "published",
        content: { access: ["deliveries"] },
        content_hash: name,
      },
    ],
    [
      "activation_links",
      { id: link, ...ofIntegration, label: name, token: name, token_hash: `link-${name}` },
    ],
    [
      "application_trials",
      {
        id: randomUUID(),
        ...ofPartner,
        vendor_application_id: application,
        requested_by: userId,
        kind: "live",
        sealed: name,
      },
    ],
    ["link_openings", { link_id: link, ...ofPartner, count: 1, last_at: now }],
    [
      "drafts",
      {
        id: draft,
        ...ofAccount,
        ...ofIntegration,
        ...accepted,
        link_token: name,
        specification_id: specification,
      },
    ],
    [
      "invitations",
      {
        id: randomUUID(),
        ...ofAccount,
        email: `colleague-${name}@example.com`,
        state: "open",
        token_hash: `key-${name}`,
        invited_by: userId,
        draft_id: draft,
        expires_at: now,
      },
    ],
    [
      "request_guests",
      { id: randomUUID(), ...ofAccount, draft_id: draft, user_id: userId, invited_by: userId },
    ],
    [
      "grants",
      {
        id: grant,
        ...ofAccount,
        ...vendor,
        user_id: userId,
        integration_id: integration,
        vendor_request: name,
        keys_from: "decision",
        draft_id: draft,
        state: "open",
      },
    ],
    [
      "candidates",
      {
        id: randomUUID(),
        ...ofAccount,
        grant_id: grant,
        external_id: name,
        rights: "full",
        existing: "none",
        product_fit: "ok",
        picked_at: now,
      },
    ],
    ["environments", { id: environment, ...vendor, external_id: name }],
    ["cap_locks", { ...ofAccount, integration_id: integration }],
    [
      "companies",
      {
        id: company,
        ...ofAccount,
        ...vendor,
        environment_id: environment,
        external_id: name,
        name,
        sort_key: name,
      },
    ],
    ["company_words", { ...ofAccount, company_id: company, word: name }],
    [
      "activation_plans",
      {
        ...ofAccount,
        integration_id: integration,
        link_token: name,
        wanted_external_ids: [name],
        total_count: 1,
      },
    ],
    [
      "activation_requests",
      {
        id: request,
        ...ofAccount,
        ...ofIntegration,
        specification_id: specification,
        draft_id: draft,
        link_token: name,
        state: "awaiting_partner",
        submitted_by: userId,
        notified_email: `${name}@example.com`,
        locale: "en",
        submitted_at: now,
        deadline_at: now,
      },
    ],
    ["request_consents", { ...ofRequest, grant_id: grant }],
    [
      "activations",
      {
        id: activation,
        ...ofRequest,
        grant_id: grant,
        integration_id: integration,
        environment_id: environment,
        external_id: name,
        environment_name: name,
        state: "active",
        is_occupying: true,
      },
    ],
    [
      "connections",
      {
        id: connection,
        ...ofAccount,
        ...ofIntegration,
        specification_id: specification,
        activation_id: activation,
        environment_id: environment,
        state: "active",
      },
    ],
    ["specification_updates", { ...ofIntegration, ...step, findings: [] }],
    ["account_updates", { id: randomUUID(), ...ofAccount, ...ofIntegration, ...updated }],
    [
      "update_acceptances",
      {
        id: acceptance,
        ...ofAccount,
        ...ofIntegration,
        ...accepted,
        specification_id: specification,
        language: "en",
        accepted_email: `${name}@example.com`,
      },
    ],
    ["connection_updates", { id: randomUUID(), ...ofConnection, ...step, acceptance_id: acceptance }],
    [
      "retirements",
      {
        id: retirement,
        ...ofIntegration,
        ends_on: "2100-01-01",
        ends_at: "2100-01-01T00:00:00Z",
        note: name,
        announced_by: userId,
        // An announced one is public.
        withdrawn_at: now,
        withdrawn_by: userId,
      },
    ],
    ["retirement_notices", { id: randomUUID(), ...ofAccount, ...ofPartner, retirement_id: retirement }],
    [
      "figure_days",
      {
        ...ofIntegration,
        partner_id: partnerId,
        specification_id: specification,
        day: "2026-11-30",
        accepted: 1,
        started: 1,
        consented: 1,
        picked: 1,
        submitted: 1,
        approved: 1,
        active: 1,
      },
    ],
    ["figure_counts", { day: name === "actor" ? "2026-11-29" : "2026-11-30" }],
    [
      "evidence_keys",
      { id: randomUUID(), kid: name, public_key: { crv: "Ed25519", kty: "OKP", x: name }, statement: name },
    ],
    [
      "evidence_documents",
      {
        id: document,
        ...ofRequest,
        kind: "receipt",
        subject_id: request,
        revision: 1,
        kid: name,
        protected_header: name,
        payload: name,
        signature: name,
        fingerprint: name,
        issued_at: now,
      },
    ],
    [
      "evidence_persons",
      { document_id: document, ...ofAccount, field: "acceptedBy", user_id: userId, value: name, salt: name },
    ],
    [
      "partner_views",
      { id: randomUUID(), partner_id: partnerId, user_id: userId, list: "requests", name, query: "q=oy" },
    ],
    [
      "partner_alerts",
      {
        partner_id: partnerId,
        user_id: userId,
        digest: "daily",
        tells_attention: true,
        time_zone: "UTC",
        stop_token: name,
        due_at: now,
      },
    ],
    ["request_notes", { id: randomUUID(), ...ofRequest, author_id: userId, body: name }],
    ["inbound_addresses", { vendor_application_id: application, connector: "superoffice", token_hash: name }],
    ["inbound_calls", { id: randomUUID(), vendor_application_id: application, sealed_call: name, bytes: 1 }],
    ["inbound_notices", { vendor_application_id: application, notice_hash: name }],
    ["intake_keys", { id: randomUUID(), public_key: { kid: name } }],
    [
      "pasted_keys",
      {
        id: randomUUID(),
        ...ofAccount,
        user_id: userId,
        activation_id: activation,
        state: "checking",
        sealed_key: name,
      },
    ],
    [
      "terms_acceptances",
      {
        id: randomUUID(),
        ...ofRequest,
        ...accepted,
        specification_id: specification,
        accepted_email: `${name}@example.com`,
        environments: [],
      },
    ],
    ["specification_drafts", { ...ofIntegration, content: {}, saved_by: userId }],
    [
      "specification_reviews",
      {
        ...ofIntegration,
        specification_id: specification,
        submitted_by: userId,
        // An open one is every operator's to decide.
        decided_by: userId,
        decided_at: now,
      },
    ],
    ["checked_addresses", { id: randomUUID(), ...ofPartner, address: `https://${name}.example/` }],
    [
      "api_keys",
      {
        id: key,
        ...ofPartner,
        stage: "test",
        name,
        prefix: name,
        key_hash: `key-${name}`,
        scopes: ["records"],
        created_by: userId,
      },
    ],
    [
      "offboardings",
      {
        ...ofAccount,
        ...ofPartner,
        connection_id: connection,
        ask_id: randomUUID(),
        asked_by: "customer",
        asked_by_user: userId,
      },
    ],
    [
      "holds",
      {
        id: randomUUID(),
        ...ofAccount,
        ...ofPartner,
        connection_id: connection,
        kind: "pause",
        set_by: "customer",
        set_by_user: userId,
        since: now,
      },
    ],
    ["connection_preparations", { ...ofConnection, environment_id: environment }],
    ["preparation_steps", { ...ofConnection, step: "field", position: 0, state: "waiting" }],
    ["prepared_things", { environment_id: environment, thing: name }],
    ["prepared_uses", { environment_id: environment, thing: name, ...ofConnection, is_exclusive: true }],
    [
      "offboarding_steps",
      { id: randomUUID(), ...ofAccount, ...ofPartner, connection_id: connection, kind: "asked" },
    ],
    ["handoff_codes", { id: randomUUID(), ...ofRequest, code_hash: name, expires_at: now }],
    [
      "data_keys",
      { owner_kind: "connection", owner_id: connection, key_encryption_key_id: name, wrapped_key: name },
    ],
    [
      "sealed_secrets",
      {
        id: randomUUID(),
        owner_kind: "connection",
        owner_id: connection,
        name: "api_key",
        ciphertext: name,
        fingerprint: name,
      },
    ],
    ["gateway_tokens", { connection_id: connection, sealed: name }],
    [
      "gateway_calls",
      {
        id: randomUUID(),
        ...ofAccount,
        ...ofIntegration,
        connection_id: connection,
        key_id: key,
        method: "GET",
        path_template: "/company",
        outcome: "answered",
        status: 200,
        sent_bytes: 0,
        received_bytes: 0,
        called_at: now,
      },
    ],
    ["intake_accounts", { ...ofConnection, integration_id: name, user_name: name }],
    ["intake_addresses", { ...ofConnection, address: "192.0.2.1", was_allowed: true }],
    [
      "uploads",
      { id: upload, ...ofConnection, folder: "root", name, size_bytes: 1, chunk_count: 1, touched_at: now },
    ],
    [
      "upload_chunks",
      { upload_id: upload, ...ofConnection, number: 0, sealed_key: name, ciphertext: "\\x00" },
    ],
    ["upload_open_rows", { upload_id: upload, ...ofConnection, row_id: upload, line: 2, told: "waiting" }],
    [
      "intake_files",
      { id: intakeFile, ...ofConnection, folder: "Log", name, size_bytes: 1, upload_id: upload },
    ],
    ["intake_file_chunks", { file_id: intakeFile, ...ofConnection, number: 0, sealed: "\\x00" }],
    ["intake_host_keys", { id: randomUUID(), public_key: name, fingerprint: name }],
    ["token_leases", { subject: name, leased_until: now, leased_by: name }],
    ["vendor_limits", { key: name }],
    ["vendor_limit_places", { key: name, place: 1, free_at: now }],
    [
      "vendor_limit_waiters",
      { id: randomUUID(), key: name, tenant: name, turn: 1, process: randomUUID(), seen_at: now },
    ],
    ["worker_processes", { id: randomUUID(), key_ids: ["first"], clock_offset_ms: 0 }],
    ["tasks", { id: randomUUID(), kind: "answer_lost", subject_id: activation, integration_id: integration }],
    [
      "vendor_calls",
      {
        id: randomUUID(),
        ...vendor,
        vendor_request: name,
        verb: "decide",
        body_hash: name,
        state: "sent",
        sent_at: now,
      },
    ],
    ["outbox_events", { id: randomUUID(), name, data: {} }],
    [
      "outbox_mails",
      {
        id: randomUUID(),
        ...ofAccount,
        ...ofPartner,
        kind: "request_settled",
        subject_id: request,
        recipient: `${name}@example.com`,
        locale: "en",
        message_id: name,
      },
    ],
    [
      "audit_log",
      {
        id: randomUUID(),
        ...ofAccount,
        ...ofPartner,
        actor_kind: "user",
        actor_id: userId,
        action: name,
        subject_kind: name,
        outcome: "done",
      },
    ],
    [
      "webhook_endpoints",
      { id: endpoint, ...ofPartner, stage: "test", url: `https://${name}.example/hooks` },
    ],
    ["webhook_secrets", { id: randomUUID(), ...ofPartner, endpoint_id: endpoint, sealed: name }],
    [
      "webhook_events",
      {
        id: event,
        ...ofPartner,
        stage: "test",
        type: "endpoint.test",
        subject_id: endpoint,
        sequence: 1,
        data: {},
      },
    ],
    [
      "webhook_deliveries",
      {
        id: delivery,
        ...ofPartner,
        event_id: event,
        endpoint_id: endpoint,
        state: "pending",
        next_attempt_at: now,
      },
    ],
    [
      "webhook_attempts",
      { id: randomUUID(), ...ofPartner, delivery_id: delivery, started_at: now, request: {} },
    ],
    [
      "idempotency_keys",
      {
        ...ofPartner,
        stage: "test",
        method: "POST",
        path: "/api/v1/links",
        key: name,
        body_hash: name,
        status: 200,
        answer: {},
      },
    ],
    [
      "deliveries",
      {
        id: sent,
        ...ofConnection,
        entity: "sales-invoices",
        door: "api",
        state: "queued",
        number: 1,
        row_count: 1,
        closed_at: now,
      },
    ],
    [
      "delivery_rows",
      {
        id: row,
        ...ofConnection,
        delivery_id: sent,
        entity: "sales-invoices",
        position: 1,
        key_hash: name,
        state: "queued",
        delivery_number: 1,
      },
    ],
    [
      "unchanged_sets",
      {
        id: randomUUID(),
        ...ofConnection,
        delivery_id: sent,
        entity: "sales-invoices",
        positions: [2],
        first_position: 2,
        last_position: 2,
        count: 1,
        key_ids: [randomUUID()],
        sealed_keys: name,
      },
    ],
    [
      "outcome_events",
      {
        ...ofConnection,
        number: 1,
        row_id: row,
        delivery_id: sent,
        entity: "sales-invoices",
        outcome: "written",
      },
    ],
    ["outcome_feeds", { ...ofConnection, epoch: randomUUID(), last_number: 1, last_delivery: 1 }],
    ["delivery_queues", { ...ofConnection, vendor_application_id: application, failures: 0 }],
    [
      "written_records",
      {
        ...ofConnection,
        entity: "sales-invoices",
        key_hash: name,
        sealed_record: name,
        row_id: row,
        written_at: now,
      },
    ],
    [
      "connection_counters",
      { ...ofConnection, entity: "sales-invoices", day: "2026-01-01", outcome: "written", count: 1 },
    ],
    ["entity_settings", { ...ofConnection, entity: "sales-invoices", settings: {} }],
    [
      "imports",
      {
        id: imported,
        ...ofConnection,
        entity: "sales-invoices",
        file_name: name,
        row_count: 1,
        sent_by: userId,
      },
    ],
    [
      "comparisons",
      {
        id: randomUUID(),
        ...ofConnection,
        entity: "sales-invoices",
        outcome: "matches",
        since: now,
        compared_at: now,
        ...{ written: 1, found: 1, missing: 0, totals_compared: 1, totals_differ: 0, changed: 0 },
        findings: [],
      },
    ],
    ["import_chunks", { import_id: imported, number: 0, ...ofConnection, sealed: name }],
    [
      "row_verdicts",
      { id: randomUUID(), ...ofConnection, row_id: row, verdict: "retry", decided_by: userId },
    ],
    [
      "body_views",
      { id: randomUUID(), ...ofConnection, token_hash: `view-${name}`, row_id: row, asked_by: userId },
    ],
    [
      "connection_exports",
      { id: exported, ...ofConnection, asked_by: userId, state: "ready", ends_at: "2100-01-01T00:00:00Z" },
    ],
    ["connection_export_chunks", { export_id: exported, ...ofConnection, number: 0, sealed: "\\x00" }],
    [
      "export_tickets",
      {
        id: randomUUID(),
        ...ofConnection,
        token_hash: `ticket-${name}`,
        export_id: exported,
        asked_by: userId,
      },
    ],
    ["return_addresses", { id: randomUUID(), ...ofPartner, address: `https://${name}.example/` }],
    ["rate_limits", { key: name, window_ends_at: now, count: 1 }],
  ];
}

/** Fresh ids, as many as are taken. */
function* uuids(): Generator<string, never> {
  for (;;) yield randomUUID();
}
