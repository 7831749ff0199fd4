import { getTranslations } from "next-intl/server";
import { isAppError } from "@/lib/core/app-error";
import { companyFilter } from "@/lib/operations/company/schema";
import { writeCompanies } from "@/lib/operations/company/write-companies";
import { findViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../../as-customer";

/** It reads everything that an account has. */
const LIMIT = { name: "companies.csv", max: 30, windowSeconds: 3600 };
const NO_STORE = { "Cache-Control": "no-store" };

/** The companies of the filter as one file, a line for each integration in each. It changes nothing, so a link may lead here. */
export async function GET(request: Request): Promise<Response> {
  const { pathname, search, searchParams } = new URL(request.url);
  const viewer = await findViewer();
  if (!viewer) {
    const Location = `/sign-in?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
    return new Response(null, { status: 303, headers: { Location, ...NO_STORE } });
  }
  try {
    await asCustomer(viewer, (tx) => takeRateLimit(tx, { ...LIMIT, subject: viewer.accountId }));
  } catch (error) {
    if (isAppError(error)) return new Response(null, { status: error.status, headers: NO_STORE });
    throw error;
  }
  const t = await getTranslations("companies");
  const filter = companyFilter.parse(Object.fromEntries(searchParams));
  const words = {
    column: (name: string) => t(`csv.${name}`),
    state: (state: string, count: number) => t(`cell.${state}`, { count }),
    test: t("test"),
  };
  const csv = await writeCompanies(
    (work) => asCustomer(viewer, work),
    filter,
    words,
    await getReaderLocale(),
  );
  return new Response(csv, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="kytkin-companies-${new Date().toISOString().slice(0, 10)}.csv"`,
      ...NO_STORE,
    },
  });
}
