import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { definer } from "./definer";

const secondsSince = (time: string): string =>
  `coalesce(extract(epoch FROM pg_catalog.now() - ${time}), 0)::double precision`;
const countBy = (name: string, table: string, column: string, where = "true"): string =>
  `SELECT '${name}', ${column}::text, count(*)::double precision FROM public.${table} WHERE ${where} GROUP BY ${column}`;
const LIVE = "seen_at > pg_catalog.now() - interval '60 seconds'";

/** What readiness depends on, read often: the newest migration's time, and what waits for how long. */
const health = definer(
  "health()",
  "TABLE (migrated_at double precision, live_workers integer, mail_waits_seconds double precision, event_waits_seconds double precision)",
  "sql",
  `SELECT (SELECT max(created_at)::double precision FROM drizzle.__drizzle_migrations),
     (SELECT count(*)::integer FROM public.worker_processes WHERE ${LIVE}),
     (SELECT ${secondsSince("min(created_at)")} FROM public.outbox_mails WHERE state = 'queued'),
     (SELECT ${secondsSince("min(created_at)")} FROM public.outbox_events WHERE sent_at IS NULL)`,
  ["auth", "gateway"],
);

/** Counts for the metrics, by a name and a label. No id and no name of anybody is in them. */
const figures = definer(
  "figures()",
  "TABLE (name text, label text, value double precision)",
  "sql",
  [
    countBy("tasks_open", "tasks", "kind", "resolved_at IS NULL"),
    countBy("mails", "outbox_mails", "state"),
    countBy("requests", "activation_requests", "state"),
    countBy("activations", "activations", "state"),
    countBy("connections", "connections", "state"),
    `SELECT 'workers_live', '', count(*)::double precision FROM public.worker_processes WHERE ${LIVE}`,
    `SELECT 'mail_oldest_queued_seconds', '', ${secondsSince("min(created_at)")} FROM public.outbox_mails WHERE state = 'queued'`,
    "SELECT 'events_unsent', '', count(*)::double precision FROM public.outbox_events WHERE sent_at IS NULL",
    `SELECT 'event_oldest_unsent_seconds', '', ${secondsSince("min(created_at)")} FROM public.outbox_events WHERE sent_at IS NULL`,
  ].join(" UNION ALL "),
  ["auth"],
);

/** What is only for trying out and may not be in a real installation: the demo's partner, and stand-ins of vendors. */
const demoTraces = definer(
  "demo_traces()",
  "TABLE (trace text)",
  "sql",
  `SELECT 'partner' WHERE EXISTS (SELECT FROM public.partners WHERE slug = '${DEMO_PARTNER_SLUG}')
   UNION ALL
   SELECT 'sandbox' WHERE EXISTS (
     SELECT FROM public.vendor_applications v, pg_catalog.jsonb_each_text(v.settings) s
     WHERE s.value ~* '^https?://(localhost|127[.]0[.]0[.]1|\\[::1\\])([:/]|$)')`,
  ["auth", "gateway", "system"],
);

export const HEALTH_FUNCTIONS: readonly string[] = [...health, ...figures, ...demoTraces];
