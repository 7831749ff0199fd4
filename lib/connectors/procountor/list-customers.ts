import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { isRecord, readEach } from "@/lib/connectors/read-each";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { AppError } from "@/lib/core/app-error";
import { customer, customersPage } from "./schemas";
import { getPartnerCaller } from "./token";
import { readResource } from "./vendor-client";

const OPERATION = "GET /integrations/{integrationId}/customers";
/** The largest page of the vendor's other lists. */
const PAGE_SIZE = 200;
/** 100,000 companies in the vendor's own pages; a list that goes on is none. */
const MOST_PAGES = 500;

/** The version of the integration that such a company had is gone, and its technical user with it. */
const ENDED = "DELETED";

/**
 * Companies that use the integration, whatever the state of their version but deleted. Errors: `unexpected` where the list
 * cannot be read whole, since a part of it must not be taken for all.
 */
export async function listCustomers(context: ConnectorContext): Promise<string[]> {
  const integrationId = context.application.vendorIntegrationId;
  if (!integrationId)
    throw new AppError("misconfigured", "the vendor application has no vendorIntegrationId");
  const path = `/integrations/${encodeURIComponent(integrationId)}/customers`;
  const read = (query: string) =>
    readResource(context, getPartnerCaller(context), OPERATION, `${path}${query}`);
  const entries = await readPages(context, await read(""), (page) => read(`?page=${page}&size=${PAGE_SIZE}`));
  const { read: customers, leftOut } = readEach(customer, entries);
  if (leftOut.length > 0) throw unexpected(context);
  return customers
    .filter(({ integrationVersionStatus }) => integrationVersionStatus?.toUpperCase() !== ENDED)
    .map(({ companyId }) => companyId);
}

/** No paging is documented here. Where the answer is a page all the same, the others are asked for as of any other list. */
async function readPages(
  context: ConnectorContext,
  first: unknown,
  readPage: (page: number) => Promise<unknown>,
): Promise<unknown[]> {
  // A list without rows may come without a body.
  if (first === null) return [];
  if (Array.isArray(first)) return first;
  if (isRecord(first) && !("results" in first)) return [first];
  const { results, total } = readPageAnswer(context, first);
  if (results.length >= total) return results;
  const found = new Map<string, unknown>();
  for (let page = 0; page < MOST_PAGES && found.size < total; page += 1) {
    const { results: rows } = readPageAnswer(context, await readPage(page));
    const known = found.size;
    for (const row of rows) found.set(JSON.stringify(row), row);
    if (found.size === known) break;
  }
  if (found.size < total) throw unexpected(context);
  return [...found.values()];
}

function readPageAnswer(context: ConnectorContext, answer: unknown): { results: unknown[]; total: number } {
  const page = customersPage.safeParse(answer);
  if (!page.success) throw unexpected(context);
  const { results, meta } = page.data;
  return { results, total: meta?.totalCount ?? results.length };
}

function unexpected(context: ConnectorContext): ConnectorError {
  context.log.warn(
    { operation: OPERATION },
    "Procountor's list of customers does not have the documented shape, or is not whole",
  );
  return new ConnectorError("unexpected", { ...noAnswer(OPERATION, context.now()), status: 200 });
}
