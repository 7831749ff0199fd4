import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { z } from "zod";
import { CompanyPage } from "@/components/company/company-page";
import { Main } from "@/components/shell/container";
import { isAppError } from "@/lib/core/app-error";
import { getCompany } from "@/lib/operations/company/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { asCustomer } from "../../as-customer";
import { checkConnectionsAction, deactivateConnectionsAction } from "../../connections/actions";
import { startPlanAction } from "../../home/actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const HISTORY_ON_A_PAGE = 20;

/** The company of the page, in the viewer's account; somebody else's is a 404. */
const loadCompany = cache(async (id: string, cursor: string | undefined) => {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getViewer(`/companies/${id}`);
  const locale = await getReaderLocale();
  try {
    return await asCustomer(viewer, (tx) => getCompany(tx, id, { cursor, limit: HISTORY_ON_A_PAGE, locale }));
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
});

const cursorOf = async (searchParams: Props["searchParams"]) =>
  z
    .uuid()
    .optional()
    .catch(undefined)
    .parse((await searchParams).before);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("companies.csv");
  return { title: t("company"), robots: { index: false } };
}

/** One company with everything of it: integrations, what became of each request, and the way to end it all. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const details = await loadCompany(id, await cursorOf(searchParams));
  return (
    <Main>
      <CompanyPage
        details={details}
        actions={{
          checkConnections: checkConnectionsAction,
          deactivateConnections: deactivateConnectionsAction,
          startPlan: startPlanAction,
        }}
        hrefs={{
          home: "/home",
          connection: (connectionId) => `/connections/${connectionId}`,
          request: (requestId) => `/requests/${requestId}`,
          company: (companyId) => `/companies/${companyId}`,
          older: (cursor) => `/companies/${id}?before=${cursor}#history`,
        }}
      />
    </Main>
  );
}
