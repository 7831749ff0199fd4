import type { Ownership } from "./access";
import { companies } from "./companies";
import { connections } from "./connections";
import { evidence } from "./evidence";
import { exports } from "./exports";
import { gateway } from "./gateway";
import { intake } from "./intake";
import { people } from "./people";
import { preparation } from "./preparation";
import { publishing } from "./publishing";
import { records } from "./records";
import { requests } from "./requests";
import { webhooks } from "./webhooks";
import { work } from "./work";

/**
 * Who may do what with which rows: the one source of all grants and row-level security policies, and of the tenancy
 * test. A table or scope that is not named here gives nothing. Predicates are SQL over the row; the `kytkin.*()`
 * functions return the ids that `withScope` set for the transaction, or null.
 */
export const OWNERSHIP: Ownership = {
  ...people,
  ...publishing,
  ...preparation,
  ...requests,
  ...connections,
  ...companies,
  ...evidence,
  ...exports,
  ...gateway,
  ...intake,
  ...records,
  ...webhooks,
  ...work,
};

/** Tables that our SECURITY DEFINER functions read or write; they run as the owner, who is under forced row-level security too. */
export const DEFINER_TABLES: Record<string, readonly ("select" | "insert" | "update" | "delete")[]> = {
  rate_limits: ["select", "insert", "update", "delete"],
  api_keys: ["select", "update"],
  partner_members: ["select", "insert"],
  partner_applications: ["select", "update"],
  partner_alerts: ["select", "update"],
  users: ["select", "update"],
  sessions: ["select", "delete"],
  email_changes: ["select", "update"],
  activation_requests: ["select", "update"],
  operators: ["select"],
  outbox_mails: ["select", "update"],
  outbox_events: ["select", "insert"],
  webhook_endpoints: ["select", "update"],
  webhook_events: ["select", "insert"],
  webhook_deliveries: ["select", "insert"],
  connections: ["select", "update"],
  connection_updates: ["select"],
  update_acceptances: ["select"],
  intake_accounts: ["select"],
  body_views: ["select", "update"],
  connection_exports: ["select"],
  connection_export_chunks: ["select"],
  export_tickets: ["select", "update"],
  delivery_rows: ["select"],
  uploads: ["select", "delete"],
  intake_files: ["select", "delete"],
  data_keys: ["select", "delete"],
  holds: ["select"],
  gateway_tokens: ["select", "insert", "update", "delete"],
  gateway_calls: ["select", "insert", "update"],
  partners: ["select", "insert"],
  worker_processes: ["select"],
  tasks: ["select", "insert", "update"],
  companies: ["select", "insert", "update"],
  company_words: ["select", "insert", "delete"],
  activation_plans: ["select", "update", "delete"],
  environments: ["select", "insert"],
  activations: ["select"],
  integrations: ["select"],
  vendor_applications: ["select"],
  sealed_secrets: ["select"],
  link_openings: ["select", "insert", "update"],
  activation_links: ["select", "update"],
  grants: ["select", "update"],
  inbound_addresses: ["select", "update"],
  inbound_calls: ["select", "insert"],
  request_consents: ["select"],
  request_notes: ["select"],
  vendor_calls: ["select"],
  audit_log: ["select"],
  offboardings: ["select", "update"],
  offboarding_steps: ["select"],
  request_guests: ["select"],
  memberships: ["select"],
  drafts: ["select"],
  accounts: ["select"],
  invitations: ["select"],
  candidates: ["select"],
  specifications: ["select", "update"],
  evidence_documents: ["select"],
};

export type { Access } from "./access";
