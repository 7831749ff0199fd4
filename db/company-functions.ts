import { definer } from "./definer";

/**
 * Text as it is compared: small letters without their marks. Spelled out, since the collation of an installation's
 * database may know no letters but the English ones.
 */
const fold = `CREATE OR REPLACE FUNCTION kytkin.fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
  AS $$ SELECT pg_catalog.translate(
    pg_catalog.lower(pg_catalog.regexp_replace(pg_catalog.normalize(value, 'NFKD'), '[\\u0300-\\u036f]', '', 'g')),
    'ÆØŒÐÞŁĐ', 'æøœðþłđ') $$`;

/** The words of a name or a number, as both the kept words and a search are split. */
const wordsOf = `CREATE OR REPLACE FUNCTION kytkin.words_of(value text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
  AS $$ SELECT DISTINCT pg_catalog.left(word, 100)
    FROM pg_catalog.regexp_split_to_table(kytkin.fold(value), '[^[:alnum:]æøœðþłđß]+') AS words (word) WHERE word <> '' $$`;

/** Keeps the company of a new activation, with the name and number that the vendor gives it now. */
const keepCompany = [
  `CREATE OR REPLACE FUNCTION kytkin.keep_company() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
   DECLARE kept uuid;
   BEGIN
     INSERT INTO public.companies AS c (id, account_id, environment_id, connector, stage, external_id, name, business_id, sort_key)
     SELECT pg_catalog.gen_random_uuid(), NEW.account_id, NEW.environment_id, e.connector, e.stage, NEW.external_id,
       NEW.environment_name, NEW.business_id, kytkin.fold(NEW.environment_name)
     FROM public.environments e WHERE e.id = NEW.environment_id
     ON CONFLICT (account_id, environment_id) DO UPDATE
       SET name = excluded.name, business_id = coalesce(excluded.business_id, c.business_id), sort_key = excluded.sort_key
       WHERE c.name <> excluded.name OR c.business_id IS DISTINCT FROM coalesce(excluded.business_id, c.business_id)
     RETURNING c.id INTO kept;
     IF kept IS NULL THEN RETURN NULL; END IF;
     DELETE FROM public.company_words WHERE company_id = kept;
     INSERT INTO public.company_words (account_id, company_id, word)
     SELECT c.account_id, c.id, words.word FROM public.companies c,
       LATERAL (
         SELECT kytkin.words_of(c.name) UNION SELECT kytkin.words_of(c.business_id) UNION SELECT kytkin.words_of(c.external_id)
         UNION SELECT pg_catalog.regexp_replace(c.business_id, '[^0-9]', '', 'g') WHERE c.business_id ~ '[0-9]'
       ) AS words (word)
     WHERE c.id = kept;
     RETURN NULL;
   END $$`,
  "REVOKE ALL ON FUNCTION kytkin.keep_company() FROM PUBLIC",
  "DROP TRIGGER IF EXISTS activations_company ON public.activations",
  `CREATE TRIGGER activations_company AFTER INSERT ON public.activations
     FOR EACH ROW EXECUTE FUNCTION kytkin.keep_company()`,
];

/**
 * For each integration that the account has asked for before, or that is listed, a link that works: the account's own
 * newest one first. Tokens of links that the account never had stay unknown to it, unless they are public anyhow. Links for one
 * customer or for a number of requests are none of them.
 */
const knownLinks = definer(
  "known_links()",
  "TABLE (integration_id uuid, link_token text)",
  "sql",
  `WITH used AS (
     SELECT r.integration_id, r.link_token, pg_catalog.max(r.submitted_at) AS used_at
     FROM public.activation_requests r WHERE r.account_id = kytkin.account_id() GROUP BY r.integration_id, r.link_token
   )
   SELECT DISTINCT ON (i.id) i.id, l.token
   FROM public.integrations i
   JOIN public.activation_links l ON l.integration_id = i.id
   LEFT JOIN used ON used.integration_id = i.id AND used.link_token = l.token
   WHERE (used.used_at IS NOT NULL OR i.is_listed) AND l.kind = 'shared' AND l.max_uses IS NULL AND l.withdrawn_at IS NULL
     AND (l.expires_at IS NULL OR l.expires_at > pg_catalog.now())
   ORDER BY i.id, used.used_at DESC NULLS LAST, l.created_at`,
  ["customer"],
);

/**
 * Takes companies whose turn is over from the plan that a draft belongs to; a plan without any has ended. A guest who submits
 * the draft does it too, and sees no more of the plan than that.
 */
const takeFromPlan = definer(
  "take_from_plan(of_draft uuid, done jsonb)",
  "void",
  "plpgsql",
  `DECLARE target record;
   BEGIN
     SELECT d.account_id, d.integration_id INTO target FROM public.drafts d
     WHERE d.id = of_draft AND (d.account_id = kytkin.account_id() OR d.id = kytkin.guest_draft());
     UPDATE public.activation_plans p SET updated_at = pg_catalog.now(), wanted_external_ids = (
       SELECT coalesce(pg_catalog.jsonb_agg(w.id ORDER BY w.place), '[]')
       FROM pg_catalog.jsonb_array_elements_text(p.wanted_external_ids) WITH ORDINALITY AS w (id, place) WHERE NOT done ? w.id
     )
     WHERE p.account_id = target.account_id AND p.integration_id = target.integration_id;
     DELETE FROM public.activation_plans p
     WHERE p.account_id = target.account_id AND p.integration_id = target.integration_id AND p.wanted_external_ids = '[]';
   END`,
  ["customer", "guest"],
);

export const COMPANY_FUNCTIONS: readonly string[] = [
  fold,
  wordsOf,
  ...keepCompany,
  ...knownLinks,
  ...takeFromPlan,
];
