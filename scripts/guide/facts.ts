import type { Sql } from "postgres";
import { PEOPLE, type PersonName } from "./people";

const STEP_IDS = [
  "customer-accept",
  "customer-submit",
  "customer-active",
  "customer-order",
  "customer-end",
  "office-home",
  "office-mend",
  "office-more",
  "office-inbox",
  "partner-console",
  "partner-decide",
  "partner-link",
  "partner-version",
  "consultant-connect",
  "consultant-import",
  "consultant-mend",
  "operator-open",
  "operator-partner",
  "operator-review",
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What the product's own rows say. */
export type Facts = {
  done: ReadonlySet<StepId>;
  /** The connection that a person would open now: of the office the one with the fullest inbox, else the newest. */
  connections: Partial<Record<PersonName, string>>;
};

/**
 * Reads which steps are done from the rows that doing them leaves. `sampleSince`: when the sample's past was complete; null
 * while there is none, and then what needs it is not done.
 */
export async function readFacts(sql: Sql, sampleSince: Date | null): Promise<Facts> {
  const { owner, office, partnerAdmin, colleague, operator } = PEOPLE;
  const signedIn = (email: string) => sql`exists (
    select from sessions s join users u on u.id = s.user_id where u.email = ${email})`;
  const accountOf = (email: string) => sql`(
    select m.account_id from memberships m join users u on u.id = m.user_id where u.email = ${email})`;
  const hasLive = (email: string) => sql`exists (
    select from connections where account_id in ${accountOf(email)} and verified_at is not null)`;
  const ofSample = sql`${sampleSince?.toISOString() ?? null}::timestamptz`;
  const [row] = await sql<Record<string, boolean | string | null>[]>`
    select
      exists (select from drafts d join users u on u.id = d.accepted_by where u.email = ${owner.email})
        as "customer-accept",
      exists (select from activation_requests where account_id in ${accountOf(owner.email)}) as "customer-submit",
      ${hasLive(owner.email)} as "customer-active",
      exists (
        select from delivery_rows r join deliveries d on d.id = r.delivery_id
        where r.account_id in ${accountOf(owner.email)} and d.door = 'api' and r.state = 'written') as "customer-order",
      exists (
        select from evidence_documents where kind = 'certificate' and account_id in ${accountOf(owner.email)})
        as "customer-end",
      ${signedIn(office.email)} as "office-home",
      exists (
        select from connections c join connections old
          on old.environment_id = c.environment_id and old.integration_id = c.integration_id and old.id <> c.id
        where c.account_id in ${accountOf(office.email)} and c.created_at > ${ofSample} and c.verified_at is not null
      ) as "office-mend",
      exists (
        select from activation_requests where account_id in ${accountOf(office.email)} and submitted_at > ${ofSample})
        as "office-more",
      exists (
        select from delivery_rows where account_id in ${accountOf(office.email)} and recovered_at > ${ofSample})
        as "office-inbox",
      ${signedIn(partnerAdmin.email)} as "partner-console",
      exists (
        select from activation_requests r join partners p on p.id = r.partner_id
        where p.slug = 'esimerkki-software' and r.decided_by like 'user:%') as "partner-decide",
      exists (
        select from activation_links l join partners p on p.id = l.partner_id
        where p.slug = 'esimerkki-software' and l.label not in ('Demo', 'Sample')) as "partner-link",
      exists (
        select from specification_reviews v join users u on u.id = v.submitted_by where u.email = ${partnerAdmin.email}
          and v.submitted_at > coalesce(${ofSample}, '-infinity')) as "partner-version",
      ${hasLive(colleague.email)} as "consultant-connect",
      exists (
        select from deliveries where account_id in ${accountOf(colleague.email)} and door = 'page') as "consultant-import",
      exists (
        select from delivery_rows where account_id in ${accountOf(colleague.email)} and recovered_at is not null)
        as "consultant-mend",
      ${signedIn(operator.email)} as "operator-open",
      exists (
        select from partner_applications a join users u on u.id = a.decided_by where u.email = ${operator.email})
        as "operator-partner",
      exists (
        select from specification_reviews v join users u on u.id = v.decided_by where u.email = ${operator.email})
        as "operator-review",
      (select id from connections where account_id in ${accountOf(owner.email)} order by id desc limit 1) as owner,
      (select id from connections where account_id in ${accountOf(colleague.email)} order by id desc limit 1)
        as colleague,
      (
        select c.id from connections c
        where c.account_id in ${accountOf(office.email)}
        order by (
          select count(*) from delivery_rows r
          where r.connection_id = c.id and r.recovered_at is null
            and r.state in ('rejected', 'waiting', 'unknown', 'incomplete')) desc, c.id desc
        limit 1) as office`;
  const idOf = (name: string): string | undefined => {
    const value = row?.[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    done: new Set(STEP_IDS.filter((id) => row?.[id] === true)),
    connections: { owner: idOf("owner"), colleague: idOf("colleague"), office: idOf("office") },
  };
}
