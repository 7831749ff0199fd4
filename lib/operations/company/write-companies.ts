import type { ScopedTransaction } from "@/db/scope";
import type { Locale } from "@/lib/core/locales";
import { streamCsv, type WriteLine } from "@/lib/platform/csv-stream";
import { listCompanies, listUsedIntegrations } from "./queries";
import type { CellState, CompanyFilter, UsedIntegration } from "./schema";

const COLUMNS = [
  "company",
  "businessId",
  "vendor",
  "vendorId",
  "integration",
  "partner",
  "state",
  "since",
] as const;
const COMPANIES_AT_ONCE = 500;

type Words = {
  column: (name: (typeof COLUMNS)[number]) => string;
  state: (state: CellState, stepsLeft: number) => string;
  /** Said of what is in a vendor's test environment. */
  test: string;
};
type InAccount = <T>(work: (tx: ScopedTransaction<"customer">) => Promise<T>) => Promise<T>;

/**
 * The companies of a filter as CSV, a line for each integration in each, page after page: each in a transaction of its
 * own, so that a slow reader holds none.
 */
export async function writeCompanies(
  inAccount: InAccount,
  filter: CompanyFilter,
  words: Words,
  locale: Locale,
): Promise<ReadableStream<Uint8Array>> {
  // Asked for before the answer begins: a refusal still has its status.
  const used = await inAccount((tx) => listUsedIntegrations(tx, locale));
  return streamCsv(async (write) => {
    await write(COLUMNS.map(words.column));
    await writePages(write, inAccount, { filter, used, words });
  });
}

async function writePages(
  write: WriteLine,
  inAccount: InAccount,
  { filter, used, words }: { filter: CompanyFilter; used: UsedIntegration[]; words: Words },
): Promise<void> {
  let after: string | null | undefined;
  do {
    const wanted: CompanyFilter = { ...filter, after: after ?? undefined };
    const page = await inAccount((tx) => listCompanies(tx, wanted, used, COMPANIES_AT_ONCE));
    for (const company of page.companies) {
      for (const cell of company.cells) {
        const integration = used.find(({ id }) => id === cell.integrationId);
        const isShown = !filter.integration || filter.integration === cell.integrationId;
        if (!integration || !isShown) continue;
        const vendor =
          company.stage === "test" ? `${company.connector.name} (${words.test})` : company.connector.name;
        const line = [
          company.name,
          company.businessId ?? "",
          vendor,
          company.externalId,
          integration.name,
          integration.partnerName,
          words.state(cell.state, cell.stepsLeft),
          cell.since ?? "",
        ];
        await write(line);
      }
    }
    after = page.nextCursor;
  } while (after);
}
