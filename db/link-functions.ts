import { RESERVED_MINUTES } from "@/lib/catalogue/link/schema";
import { definer } from "./definer";

/**
 * Counts of the scope's link: requests that it led to, and acceptances of other accounts whose draft changed within the
 * hour. The account that asks and has an open draft through the link is in.
 */
const ROOM = `SELECT CASE
    WHEN l.max_uses IS NULL OR own.is_in THEN 'free'
    WHEN used.count >= l.max_uses THEN 'used_up'
    WHEN used.count + reserved.count >= l.max_uses THEN 'reserved'
    ELSE 'free' END
  FROM public.activation_links l,
    LATERAL (SELECT count(*) FROM public.activation_requests r WHERE r.link_token = l.token) used,
    LATERAL (SELECT count(*) FROM public.drafts d WHERE d.link_token = l.token AND d.state = 'open' AND d.retry_of IS NULL
      AND d.account_id IS DISTINCT FROM kytkin.account_id()
      AND d.updated_at > pg_catalog.now() - interval '${RESERVED_MINUTES} minutes') reserved,
    LATERAL (SELECT EXISTS (SELECT FROM public.drafts d WHERE d.link_token = l.token AND d.state = 'open'
      AND d.account_id = kytkin.account_id()
      AND (d.retry_of IS NOT NULL OR d.updated_at > pg_catalog.now() - interval '${RESERVED_MINUTES} minutes')) AS is_in) own
  WHERE l.token_hash = kytkin.link_hash()`;

/** Whether the link takes this visitor. */
const linkRoom = definer("link_room()", "text", "sql", ROOM, ["public", "customer"]);

/** The same for an acceptance that is about to be written: one at a time for a link with a number of uses. */
const reserveLinkUse = definer(
  "reserve_link_use()",
  "text",
  "plpgsql",
  `BEGIN
     PERFORM FROM public.activation_links l WHERE l.token_hash = kytkin.link_hash() AND l.max_uses IS NOT NULL FOR UPDATE;
     RETURN (${ROOM});
   END`,
  ["customer"],
);

/** How many requests came through each of a partner's links, and how many uses are reserved. */
const linkUses = definer(
  "link_uses(of_link uuid)",
  "TABLE (used integer, reserved integer)",
  "sql",
  `SELECT (SELECT count(*)::integer FROM public.activation_requests r WHERE r.link_token = l.token),
     (SELECT count(*)::integer FROM public.drafts d WHERE d.link_token = l.token AND d.state = 'open' AND d.retry_of IS NULL
       AND d.updated_at > pg_catalog.now() - interval '${RESERVED_MINUTES} minutes')
   FROM public.activation_links l WHERE l.id = of_link AND l.partner_id = kytkin.partner_id()`,
  ["partner"],
);

/** Counts that the scope's link was opened, whoever or whatever opened it. */
const countLinkOpening = definer(
  "count_link_opening()",
  "void",
  "sql",
  `INSERT INTO public.link_openings AS o (link_id, partner_id, count, last_at)
   SELECT l.id, l.partner_id, 1, pg_catalog.now() FROM public.activation_links l WHERE l.token_hash = kytkin.link_hash()
   ON CONFLICT (link_id) DO UPDATE SET count = o.count + 1, last_at = excluded.last_at`,
  ["public"],
);

/** What became of a partner's link: accounts that accepted, requests, and companies that are active. */
const linkFigures = definer(
  "link_figures(of_link uuid)",
  "TABLE (accepted integer, submitted integer, active integer)",
  "sql",
  `SELECT (SELECT count(DISTINCT a.account_id)::integer FROM (
       SELECT d.account_id FROM public.drafts d WHERE d.link_token = l.token
       UNION ALL SELECT r.account_id FROM public.activation_requests r WHERE r.link_token = l.token) a),
     (SELECT count(*)::integer FROM public.activation_requests r WHERE r.link_token = l.token),
     (SELECT count(*)::integer FROM public.activations a JOIN public.activation_requests r ON r.id = a.request_id
       WHERE r.link_token = l.token AND a.state = 'active')
   FROM public.activation_links l WHERE l.id = of_link AND l.partner_id = kytkin.partner_id()`,
  ["partner"],
);

export const LINK_FUNCTIONS = [
  ...linkRoom,
  ...reserveLinkUse,
  ...linkUses,
  ...countLinkOpening,
  ...linkFigures,
];
