import { type SQL, sql } from "drizzle-orm";
import { specifications } from "./schema";

/**
 * The name of an integration for a reader of a language, else in the main language of its partner. The first shape of a
 * specification has one name. For lists, which need no more of a version than its name.
 */
export const NAME_FUNCTIONS: readonly string[] = [
  `CREATE OR REPLACE FUNCTION kytkin.name_in(content jsonb, locale text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
  AS $$ SELECT CASE pg_catalog.jsonb_typeof(content -> 'name') WHEN 'string' THEN content ->> 'name'
    ELSE coalesce(content -> 'name' ->> locale, content -> 'name' ->> (content ->> 'mainLanguage')) END $$`,
];

/** The name in the joined specification; for null in its main language, for other software, which has none. */
export const integrationName = (locale: string | null): SQL<string> =>
  sql<string>`kytkin.name_in(${specifications.content}, ${locale})`;
