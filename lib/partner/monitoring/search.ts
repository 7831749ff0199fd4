import { type SQL, sql } from "drizzle-orm";
import { activationRequests, activations, connections } from "@/db/schema";
import { PARTNER_ABILITIES } from "@/lib/partner/organization/roles";
import { parseSearch, type Search, type TextRange } from "./rules";

/** Byte by byte, as the indexes of searched columns are ordered; such comparisons are leakproof. */
const isIn = (column: SQL, { from, below }: TextRange): SQL =>
  sql`(${column} operator(pg_catalog.~>=~) ${from} and ${column} operator(pg_catalog.~<~) ${below})`;

/** The partner stands in the row, so that the policy's condition is the first column of each index. */
const given = (alias: string): SQL => sql`${sql.identifier(alias)}.partner_id = (select kytkin.partner_id())`;
const ACTIVATION = sql`from ${activations} a where ${given("a")} and`;
const REQUEST = sql`from ${activationRequests} r where ${given("r")} and`;
const CONNECTION = sql`from ${connections} c join ${activations} a on a.id = c.activation_id where ${given("c")} and`;

/** A role that sees addresses masked does not find out by searching whether one is there. */
const mayContact = sql`(select kytkin.partner_role()) in (${sql.join(
  PARTNER_ABILITIES["customers.contact"].map((role) => sql`${role}`),
  sql`, `,
)})`;

/** One index scan for each column that is looked through. */
const either = (scans: SQL[]): SQL => sql`(${sql.join(scans, sql` union all `)})`;

type Column = "request_id" | "id";

/** Activations of companies by name, number or vendor's id, as `column` of each. */
function byCompany(column: Column, { name, number, exact }: Extract<Search, { kind: "company" }>): SQL[] {
  const select = sql`select a.${sql.identifier(column)} ${ACTIVATION}`;
  const scans = [sql`${select} ${isIn(sql`a.search_name`, name)}`, sql`${select} a.external_id = ${exact}`];
  if (number) scans.push(sql`${select} ${isIn(sql`a.search_number`, number)}`);
  return scans;
}

/** Ids of the requests that fit: of themselves, of their companies, and of who submitted them. */
export function requestsFound(q: string): SQL {
  const search = parseSearch(q);
  switch (search.kind) {
    case "id":
      return either([
        sql`select ${search.id}::uuid`,
        sql`select a.request_id ${ACTIVATION} a.id = ${search.id}`,
        sql`select a.request_id ${CONNECTION} c.id = ${search.id}`,
      ]);
    case "email":
      return either([
        sql`select r.id ${REQUEST} ${isIn(sql`r.notified_email`, search.email)} and ${mayContact}`,
      ]);
    case "company":
      return either([
        ...byCompany("request_id", search),
        sql`select r.id ${REQUEST} r.customer_ref = ${search.exact}`,
      ]);
  }
}

/** The same as ids of activations. */
export function activationsFound(q: string): SQL {
  const search = parseSearch(q);
  const ofRequests = (requests: SQL): SQL => sql`select a.id ${ACTIVATION} a.request_id in (${requests})`;
  switch (search.kind) {
    case "id":
      return either([
        sql`select a.id ${ACTIVATION} a.id = ${search.id}`,
        sql`select a.id ${ACTIVATION} a.request_id = ${search.id}`,
        sql`select a.id ${CONNECTION} c.id = ${search.id}`,
      ]);
    case "email":
      return either([
        ofRequests(
          sql`select r.id ${REQUEST} ${isIn(sql`r.notified_email`, search.email)} and ${mayContact}`,
        ),
      ]);
    case "company":
      return either([
        ...byCompany("id", search),
        ofRequests(sql`select r.id ${REQUEST} r.customer_ref = ${search.exact}`),
      ]);
  }
}
