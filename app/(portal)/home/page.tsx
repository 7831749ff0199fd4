import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Home } from "@/components/home/home";
import { Main } from "@/components/shell/container";
import { companyFilter } from "@/lib/operations/company/schema";
import { getHome } from "@/lib/operations/home/queries";
import { listPartners } from "@/lib/partner/organization/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { listHandedRequests } from "@/lib/people/membership/queries";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../as-customer";
import { checkConnectionsAction, deactivateConnectionsAction } from "../connections/actions";
import { openHandedRequestAction } from "../handed-request-actions";
import { continuePlanAction, discardDraftAction, dropPlanAction, startPlanAction } from "./actions";
import { companiesHref, csvHref } from "./companies-href";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const wantedSchema = companyFilter.extend({ requests: z.uuid().optional().catch(undefined) });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** What waits for the customer first, then companies by integrations, and the newest requests. */
export default async function HomePage({ searchParams }: Props) {
  const viewer = await getViewer("/home");
  const { requests, ...filter } = wantedSchema.parse(await searchParams);
  const locale = await getReaderLocale();
  const view = await asCustomer(viewer, (tx) => getHome(tx, filter, locale, requests));
  const handed = await inScope({ kind: "auth" }, (tx) => listHandedRequests(tx, viewer, locale));
  return (
    <Main>
      <Home
        view={view}
        partners={await inScope({ kind: "auth" }, (tx) => listPartners(tx, viewer.userId))}
        handed={handed}
        actions={{
          openHandedRequest: openHandedRequestAction,
          discardDraft: discardDraftAction,
          startPlan: startPlanAction,
          continuePlan: continuePlanAction,
          dropPlan: dropPlanAction,
          checkConnections: checkConnectionsAction,
          deactivateConnections: deactivateConnectionsAction,
        }}
        hrefs={{
          activate: "/activate",
          request: (id) => `/requests/${id}`,
          connection: (id) => `/connections/${id}`,
          update: (id) => `/updates/${id}`,
          company: (id) => `/companies/${id}`,
          draft: (linkToken, step) => `/a/${linkToken}/${step}`,
          moreRequests: (cursor) => `/home?requests=${cursor}#requests`,
          companies: companiesHref,
          filter: "/home#companies",
          needsMe: companiesHref({ show: "needs_me" }),
          csv: csvHref,
          several: "/connections/deactivate",
        }}
      />
    </Main>
  );
}
