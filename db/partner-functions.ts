import { PARTNER_ABILITIES } from "@/lib/partner/organization/roles";
import { definer } from "./definer";

/**
 * Whose rows the transaction may see, and what it may do with them, is read from the membership or the key that is in
 * force now, in each statement: settings of the transaction only say which one to look for. Another partner's id, or one
 * of a member who was removed a moment ago, finds nothing.
 */
const setting = (name: string): string =>
  `nullif(pg_catalog.current_setting('kytkin.${name}', true), '')::uuid`;

const OWN_MEMBERSHIP = `public.partner_members m
  WHERE m.partner_id = ${setting("partner_id")} AND m.user_id = ${setting("user_id")} AND ${setting("api_key_id")} IS NULL`;
const OWN_KEY = `public.api_keys k
  WHERE k.partner_id = ${setting("partner_id")} AND k.id = ${setting("api_key_id")}
    AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > pg_catalog.now())`;

const partnerId = definer(
  "partner_id()",
  "uuid",
  "sql",
  `SELECT m.partner_id FROM ${OWN_MEMBERSHIP} UNION ALL SELECT k.partner_id FROM ${OWN_KEY}`,
  ["partner"],
);

/** The member's role; null for an API key. */
const partnerRole = definer("partner_role()", "text", "sql", `SELECT m.role FROM ${OWN_MEMBERSHIP}`, [
  "partner",
]);

/** The key's scopes; null for a member. */
const apiKeyScopes = definer("api_key_scopes()", "text[]", "sql", `SELECT k.scopes FROM ${OWN_KEY}`, [
  "partner",
]);

/**
 * Enters a partner as one of its members or with one of its keys. The role or scopes come from their row: the caller
 * names who acts, never what they may. False when the person is no member, or the key is none of the partner's in force.
 */
const enterPartner = definer(
  "enter_partner(of_partner uuid, of_user uuid, of_key uuid)",
  "boolean",
  "plpgsql",
  `BEGIN
     PERFORM pg_catalog.set_config('kytkin.partner_id', of_partner::text, true),
       pg_catalog.set_config('kytkin.user_id', coalesce(of_user::text, ''), true),
       pg_catalog.set_config('kytkin.api_key_id', coalesce(of_key::text, ''), true);
     RETURN kytkin.partner_id() IS NOT NULL;
   END`,
  ["partner"],
);

/**
 * When the first of the customer's consents at the vendor ends, for a request that can be decided until then only: a partner sees no grant.
 * Null where nothing ends, and for another partner's request.
 */
const consentEnd = definer(
  "consent_end(of_request uuid)",
  "timestamptz",
  "sql",
  `SELECT min(g.expires_at) FROM public.request_consents o JOIN public.grants g ON g.id = o.grant_id
   WHERE o.request_id = of_request AND o.partner_id = kytkin.partner_id() AND g.keys_from = 'decision'`,
  ["partner"],
);

/** The address of who asked to become a partner, for an operator. */
const applicantEmail = definer(
  "applicant_email(of_application uuid)",
  "text",
  "sql",
  `SELECT u.email FROM public.partner_applications a JOIN public.users u ON u.id = a.user_id
   WHERE a.id = of_application AND EXISTS (SELECT FROM public.operators o WHERE o.user_id = kytkin.user_id())`,
  ["operator"],
);

/**
 * Makes a partner of an application, with its person as the owner. Null when the caller is no operator or the application
 * is not open; a slug that is taken raises a unique violation.
 */
const acceptPartnerApplication = definer(
  "accept_partner_application(of_application uuid, new_partner uuid, new_slug text)",
  "uuid",
  "plpgsql",
  `DECLARE asked public.partner_applications;
   BEGIN
     IF NOT EXISTS (SELECT FROM public.operators o WHERE o.user_id = kytkin.user_id()) THEN RETURN NULL; END IF;
     SELECT a.* INTO asked FROM public.partner_applications a WHERE a.id = of_application AND a.state = 'open' FOR UPDATE;
     IF NOT FOUND THEN RETURN NULL; END IF;
     INSERT INTO public.partners (id, slug, name, notify_email, website_url)
       SELECT new_partner, new_slug, asked.name, u.email, asked.website_url FROM public.users u WHERE u.id = asked.user_id;
     INSERT INTO public.partner_members (partner_id, user_id, role) VALUES (new_partner, asked.user_id, 'owner');
     UPDATE public.partner_applications SET state = 'accepted', decided_at = pg_catalog.now(), decided_by = kytkin.user_id(),
       partner_id = new_partner WHERE id = of_application;
     RETURN new_partner;
   END`,
  ["operator"],
);

/** Whose mails the link of a digest stops: the partner's name, and whether they still come. */
const alertsOfToken = definer(
  "alerts_of_token(of_token text)",
  "TABLE (partner_name text, is_on boolean)",
  "sql",
  `SELECT p.name, a.due_at IS NOT NULL FROM public.partner_alerts a JOIN public.partners p ON p.id = a.partner_id
   WHERE a.stop_token = of_token`,
  ["public"],
);

/** Stops the mails that the link is in; false when there are no such. */
const stopAlerts = definer(
  "stop_alerts(of_token text)",
  "boolean",
  "plpgsql",
  `BEGIN
     UPDATE public.partner_alerts SET digest = 'none', due_at = NULL, updated_at = pg_catalog.now() WHERE stop_token = of_token;
     RETURN FOUND;
   END`,
  ["public"],
);

const EDITORS = PARTNER_ABILITIES["specifications.edit"].map((role) => `'${role}'`).join(", ");

/**
 * Publishes an approved version in the place of the published one, for a member who may. A policy sees a row's state before
 * or after a change and never both: it could not tell this from a publication without a review.
 */
const publishSpecification = definer(
  "publish_specification(of_specification uuid)",
  "boolean",
  "plpgsql",
  `DECLARE approved public.specifications;
   BEGIN
     IF coalesce(kytkin.partner_role() NOT IN (${EDITORS}), true) THEN RETURN false; END IF;
     SELECT s.* INTO approved FROM public.specifications s
       WHERE s.id = of_specification AND s.partner_id = kytkin.partner_id() AND s.state = 'approved' FOR UPDATE;
     IF NOT FOUND THEN RETURN false; END IF;
     UPDATE public.specifications SET state = 'deprecated'
       WHERE integration_id = approved.integration_id AND state = 'published';
     UPDATE public.specifications SET state = 'published', published_at = pg_catalog.now() WHERE id = of_specification;
     RETURN true;
   END`,
  ["partner"],
);

export const PARTNER_FUNCTIONS = [
  ...partnerId,
  ...partnerRole,
  ...apiKeyScopes,
  ...enterPartner,
  ...consentEnd,
  ...applicantEmail,
  ...acceptPartnerApplication,
  ...publishSpecification,
  ...alertsOfToken,
  ...stopAlerts,
];
