import { and, asc, desc, eq, exists, inArray, ne, not, or, type SQL, sql } from "drizzle-orm";
import type { PgSelectQueryBuilder } from "drizzle-orm/pg-core";
import { integrationName } from "@/db/integration-name";
import {
  activationRequests,
  activations,
  companies,
  companyWords,
  connections,
  offboardings,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isCustomersTurn } from "@/lib/activation/request/queries";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import type { PartnerSteps } from "@/lib/catalogue/integration/schema";
import { isPaused } from "@/lib/connection/hold/queries";
import { factsOf, waitsForCustomer } from "@/lib/connection/lifecycle/queries";
import { countStepsLeft } from "@/lib/connection/offboarding/rules";
import { awaitingConsent, needsUpdate } from "@/lib/connection/update/queries";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { canCheck, cellStateOf, digitsOf, readCursor, writeCursor } from "./rules";
import type {
  BoundedCount,
  CompanyCell,
  CompanyDetails,
  CompanyEvent,
  CompanyFilter,
  CompanyPage,
  CompanyView,
  UsedIntegration,
} from "./schema";

type Customer = ScopedTransaction<"customer">;
type CompanyRow = typeof companies.$inferSelect;

const COMPANIES_ON_A_PAGE = 50;
/** Nobody reads an exact number beyond it, and counting on would make every page slower. */
const COUNTED_UP_TO = 10_000;
const MOST_WORDS = 5;
/** Greater than any word that begins as the prefix does. */
const LAST_CHARACTER = "\u{10FFFF}";

/** A page of the account's companies by name, with how each integration stands in each. */
export async function listCompanies(
  tx: Customer,
  filter: CompanyFilter,
  used: readonly UsedIntegration[],
  limit = COMPANIES_ON_A_PAGE,
): Promise<CompanyPage> {
  const wanted = await conditionOf(tx, filter, used);
  const after = readCursor(filter.after);
  const rows = await tx
    .select()
    .from(companies)
    .where(
      and(
        wanted,
        // Compared as a row: written with OR, the index would be read from its beginning.
        after === null
          ? undefined
          : sql`(${companies.sortKey}, ${companies.id}) > (${after.sortKey}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(companies.sortKey), asc(companies.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    filter,
    companies: await withCells(tx, shown, used),
    found: await countBounded(tx, tx.select({ one: sql`1` }).from(companies).where(wanted).$dynamic()),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
  };
}

async function conditionOf(
  tx: Customer,
  filter: CompanyFilter,
  used: readonly UsedIntegration[],
): Promise<SQL | undefined> {
  const integration = used.find(({ id }) => id === filter.integration);
  return and(
    filter.vendor ? eq(companies.connector, filter.vendor) : undefined,
    ...(await wordsOf(tx, filter.q ?? "")).map((word) => hasWord(tx, word)),
    filter.show === "needs_me" ? needsCustomer(tx, integration?.id) : undefined,
    filter.show === "not_connected" ? not(hasIntegration(tx, integration?.id)) : undefined,
    integration && eq(companies.connector, integration.connector.id),
    integration && eq(companies.stage, integration.stage),
    integration && !filter.show
      ? or(hasIntegration(tx, integration.id), isLeaving(tx, integration.id))
      : undefined,
  );
}

/** What a search is compared by: an organization number in its digits alone, else each word. */
async function wordsOf(tx: Customer, search: string): Promise<string[]> {
  const digits = digitsOf(search);
  if (digits) return [digits];
  if (search === "") return [];
  const rows = await tx.execute<{ word: string }>(
    sql`select word from kytkin.words_of(${search}) as words (word)`,
  );
  const longestFirst = rows.map(({ word }) => word).sort((a, b) => b.length - a.length);
  // A search of signs alone has no word, and finds nothing.
  return longestFirst.length > 0 ? longestFirst.slice(0, MOST_WORDS) : [LAST_CHARACTER];
}

/** `~>=~` compares bytes and is leakproof: the index serves it under row-level security. */
function hasWord(tx: Customer, prefix: string): SQL {
  return inArray(
    companies.id,
    tx
      .select({ id: companyWords.companyId })
      .from(companyWords)
      .where(
        sql`${companyWords.word} operator(pg_catalog.~>=~) ${prefix} and ${companyWords.word} operator(pg_catalog.~<~) ${prefix + LAST_CHARACTER}`,
      ),
  );
}

/** It is being removed there. What is left to the customer frees the company for a new activation before its end. */
function isLeaving(tx: Customer, integrationId: string): SQL {
  const leaving = tx
    .select({ id: connections.environmentId })
    .from(connections)
    .where(and(eq(connections.integrationId, integrationId), eq(connections.state, "offboarding")));
  return inArray(companies.environmentId, leaving);
}

/** It is switched on there, or is being switched on or off. */
function hasIntegration(tx: Customer, integrationId: string | undefined): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(activations)
      .where(
        and(
          eq(activations.accountId, companies.accountId),
          eq(activations.environmentId, companies.environmentId),
          sql`${activations.isOccupying}`,
          integrationId ? eq(activations.integrationId, integrationId) : undefined,
        ),
      ),
  );
}

/** `cellStateOf` tells the same of one cell; both are tested against each other. */
function needsCustomer(tx: Customer, integrationId: string | undefined): SQL {
  const inTrouble = tx
    .select({ id: connections.environmentId })
    .from(connections)
    .leftJoin(offboardings, eq(offboardings.connectionId, connections.id))
    .where(and(waitsForCustomer(), integrationId ? eq(connections.integrationId, integrationId) : undefined));
  const undecided = tx
    .select({ id: activations.environmentId })
    .from(activations)
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .where(
      and(
        eq(activations.state, "awaiting_partner"),
        isCustomersTurn(),
        integrationId ? eq(activations.integrationId, integrationId) : undefined,
      ),
    );
  const owing = tx
    .select({ id: connections.environmentId })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(
      and(
        eq(connections.state, "active"),
        eq(activations.state, "active"),
        inArray(connections.specificationId, awaitingConsent()),
        not(isPaused(new Date())),
        integrationId ? eq(connections.integrationId, integrationId) : undefined,
      ),
    );
  return (
    or(...[inTrouble, undecided, owing].map((found) => inArray(companies.environmentId, found))) ?? sql`false`
  );
}

async function countBounded<Q extends PgSelectQueryBuilder>(
  tx: Customer,
  query: Q,
  bound = COUNTED_UP_TO,
): Promise<BoundedCount> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from (${query.limit(bound + 1)}) as bounded`,
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, bound), isMore: count > bound };
}

async function withCells(
  tx: Customer,
  rows: readonly CompanyRow[],
  used: readonly UsedIntegration[],
): Promise<CompanyView[]> {
  const known = await findCells(
    tx,
    rows.map(({ environmentId }) => environmentId),
  );
  return rows.map((row) => toView(row, used, known));
}

function toView(
  row: CompanyRow,
  used: readonly UsedIntegration[],
  known: ReadonlyMap<string, CompanyCell>,
): CompanyView {
  const fitting = used.filter(
    ({ connector, stage }) => connector.id === row.connector && stage === row.stage,
  );
  return {
    id: row.id,
    name: row.name,
    businessId: row.businessId,
    externalId: row.externalId,
    connector: connectorOf(row.connector),
    stage: stageOf(row.stage),
    cells: fitting.map(({ id }) => known.get(`${row.environmentId} ${id}`) ?? emptyCell(id)),
  };
}

function emptyCell(integrationId: string): CompanyCell {
  return {
    integrationId,
    state: "not_connected",
    connectionId: null,
    requestId: null,
    since: null,
    stepsLeft: 0,
    canCheck: false,
    canEnd: false,
  };
}

const cellColumns = () => ({
  needsUpdate: needsUpdate(),
  isPaused: isPaused(new Date()),
  activation: activations,
  connection: connections,
  offboarding: offboardings,
  requestState: activationRequests.state,
  submittedAt: activationRequests.submittedAt,
  stepsKind: sql<PartnerSteps["kind"]>`${specifications.content} -> 'partnerSteps' ->> 'kind'`,
  isStepDone: sql<boolean>`${activationRequests.formAnswers} is not null or ${activationRequests.partnerPageOpenedAt} is not null`,
});

/** The cells of companies, by environment and integration: what holds the company now, else the newest try. */
async function findCells(tx: Customer, environmentIds: readonly string[]): Promise<Map<string, CompanyCell>> {
  if (environmentIds.length === 0) return new Map();
  const rows = await tx
    .selectDistinctOn([activations.environmentId, activations.integrationId], cellColumns())
    .from(activations)
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .leftJoin(offboardings, eq(offboardings.connectionId, connections.id))
    .where(inArray(activations.environmentId, [...environmentIds]))
    .orderBy(
      activations.environmentId,
      activations.integrationId,
      desc(activations.isOccupying),
      desc(activations.id),
    );
  return new Map(
    rows.map((row) => [`${row.activation.environmentId} ${row.activation.integrationId}`, toCell(row)]),
  );
}

type CellRow = {
  needsUpdate: boolean;
  isPaused: boolean;
  activation: typeof activations.$inferSelect;
  connection: typeof connections.$inferSelect | null;
  offboarding: typeof offboardings.$inferSelect | null;
  requestState: (typeof activationRequests.$inferSelect)["state"];
  stepsKind: PartnerSteps["kind"];
  isStepDone: boolean;
};

function toCell(row: CellRow): CompanyCell {
  const { activation, connection } = row;
  const offboarding = factsOf(row.offboarding);
  const state = cellStateOf({
    activation,
    connection,
    isPaused: row.isPaused,
    needsUpdate: row.needsUpdate,
    offboarding,
    request: { state: row.requestState, stepsKind: row.stepsKind, isStepDone: row.isStepDone },
  });
  // A connection is shown once the request that made it is done with it.
  const isConnected = connection !== null && activation.state === "active";
  return {
    integrationId: activation.integrationId,
    state,
    connectionId: isConnected ? connection.id : null,
    requestId: activation.requestId,
    since: (isConnected ? connection.stateSince : activation.stateSince).toISOString(),
    stepsLeft: connection?.state === "offboarding" ? countStepsLeft(offboarding) : 0,
    canCheck: isConnected && canCheck(connection),
    canEnd: isConnected && canCheck(connection),
  };
}

/** The integrations that the account has asked for, by name, with how many companies have and lack each. */
export async function listUsedIntegrations(tx: Customer, locale: Locale): Promise<UsedIntegration[]> {
  const rows = await tx.execute<{
    id: string;
    name: string;
    partner_name: string;
    connector: string;
    stage: string;
    cap: number;
    link_token: string | null;
    connected: number;
    companies: number;
  }>(sql`
    with used as (select distinct integration_id as id from activation_requests)
    select i.id, kytkin.name_in(s.content, ${locale}) as name, p.name as partner_name, i.connector, i.stage,
      (s.content ->> 'cap')::int as cap, l.link_token,
      (select count(*)::int from (select from activations a where a.integration_id = i.id and a.is_occupying
        limit ${COUNTED_UP_TO + 1}) as bounded) as connected,
      (select count(*)::int from (select from companies c where c.connector = i.connector and c.stage = i.stage
        limit ${COUNTED_UP_TO + 1}) as bounded) as companies
    from used
    join integrations i on i.id = used.id
    join partners p on p.id = i.partner_id
    join lateral (
      select content from specifications v where v.integration_id = i.id and v.state in ('published', 'deprecated')
      order by (v.state = 'published') desc, v.version desc limit 1
    ) s on true
    left join kytkin.known_links() l on l.integration_id = i.id
    order by 2, 1`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    partnerName: row.partner_name,
    connector: connectorOf(row.connector),
    stage: stageOf(row.stage),
    cap: row.cap,
    linkToken: row.link_token,
    connectedCount: { count: Math.min(row.connected, COUNTED_UP_TO), isMore: row.connected > COUNTED_UP_TO },
    // Each company that has it is one of them: a difference, where asking for those that lack it would read them all.
    lackingCount: row.companies > COUNTED_UP_TO ? null : Math.max(0, row.companies - row.connected),
  }));
}

/** One company with everything of it. Throws `not_found` outside the account. */
export async function getCompany(
  tx: Customer,
  companyId: string,
  page: { cursor?: string; limit: number; locale: Locale },
): Promise<CompanyDetails> {
  const [row] = await tx.select().from(companies).where(eq(companies.id, companyId));
  if (!row) throw new AppError("not_found", "company");
  const used = await listUsedIntegrations(tx, page.locale);
  const company = toView(row, used, await findCells(tx, [row.environmentId]));
  const { history, nextCursor } = await listHistory(tx, row.environmentId, page);
  return {
    company,
    integrations: used.filter(({ id }) => company.cells.some((cell) => cell.integrationId === id)),
    history,
    historyNextCursor: nextCursor,
    siblings: await listSiblings(tx, row),
  };
}

async function listHistory(
  tx: Customer,
  environmentId: string,
  { cursor, limit, locale }: { cursor?: string; limit: number; locale: Locale },
): Promise<{ history: CompanyEvent[]; nextCursor: string | null }> {
  const rows = await tx
    .select({
      ...cellColumns(),
      integrationName: integrationName(locale),
    })
    .from(activations)
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .leftJoin(offboardings, eq(offboardings.connectionId, connections.id))
    .where(
      and(
        eq(activations.environmentId, environmentId),
        cursor ? sql`${activations.id} < ${cursor}::uuid` : undefined,
      ),
    )
    .orderBy(desc(activations.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    history: shown.map((row) => {
      const cell = toCell(row);
      return {
        activationId: row.activation.id,
        requestId: row.activation.requestId,
        integrationName: row.integrationName,
        state: cell.state,
        stepsLeft: cell.stepsLeft,
        submittedAt: row.submittedAt.toISOString(),
      };
    }),
    nextCursor: rows.length > limit ? (shown.at(-1)?.activation.id ?? null) : null,
  };
}

async function listSiblings(tx: Customer, row: CompanyRow): Promise<CompanyDetails["siblings"]> {
  const digits = row.businessId?.replace(/[^0-9]/g, "") ?? "";
  if (row.businessId === null || digits.length < 5) return [];
  const rows = await tx
    .select()
    .from(companies)
    .where(and(hasWord(tx, digits), eq(companies.businessId, row.businessId), ne(companies.id, row.id)))
    .orderBy(companies.sortKey)
    .limit(20);
  return rows.map(({ id, name, connector, stage }) => ({
    id,
    name,
    connectorName: connectorOf(connector).name,
    stage: stageOf(stage),
  }));
}
