-- Companies of the activations that there are; from now on a trigger keeps them. Written out, since the functions of schema
-- `kytkin` are made after the migrations.
INSERT INTO public.companies (id, account_id, environment_id, connector, stage, external_id, name, business_id, sort_key)
SELECT DISTINCT ON (a.account_id, a.environment_id) gen_random_uuid(), a.account_id, a.environment_id, e.connector, e.stage,
  a.external_id, a.environment_name, a.business_id,
  translate(lower(regexp_replace(normalize(a.environment_name, NFKD), '[\u0300-\u036f]', '', 'g')), 'ÆØŒÐÞŁĐ', 'æøœðþłđ')
FROM public.activations a JOIN public.environments e ON e.id = a.environment_id
ORDER BY a.account_id, a.environment_id, a.id DESC;
--> statement-breakpoint
INSERT INTO public.company_words (account_id, company_id, word)
SELECT DISTINCT c.account_id, c.id, left(word, 100)
FROM public.companies c,
  LATERAL (VALUES (c.name), (c.business_id), (c.external_id)) AS texts (value),
  LATERAL regexp_split_to_table(
    translate(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')), 'ÆØŒÐÞŁĐ', 'æøœðþłđ'),
    '[^[:alnum:]æøœðþłđß]+'
  ) AS words (word)
WHERE word <> ''
UNION
SELECT c.account_id, c.id, regexp_replace(c.business_id, '[^0-9]', '', 'g')
FROM public.companies c WHERE c.business_id ~ '[0-9]';
