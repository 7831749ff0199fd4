import { ElsewhereEngine } from "@/components/operator/jobs/elsewhere-engine";
import { JobList } from "@/components/operator/jobs/job-list";
import { listRuns } from "@/lib/operations/jobs/queries";
import { type RunFilter, runFilter } from "@/lib/operations/jobs/schema";
import { getOperator } from "@/lib/people/auth/operator";
import { getWebEnv } from "@/lib/platform/env";
import { asOperator } from "../../as-operator";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

function hrefOf(filter: RunFilter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
  return query.size > 0 ? `/operator/jobs?${query}` : "/operator/jobs";
}

/** What runs in the background, on the embedded engine; elsewhere its own dashboard shows it. */
export default async function JobsPage({ searchParams }: Props) {
  const viewer = await getOperator("/operator/jobs");
  const { KYTKIN_ENGINE, KYTKIN_INNGEST_DASHBOARD_URL } = getWebEnv();
  if (KYTKIN_ENGINE === "inngest")
    return <ElsewhereEngine dashboardHref={KYTKIN_INNGEST_DASHBOARD_URL ?? null} />;
  const filter = runFilter.parse(await searchParams);
  const view = await asOperator(viewer, (tx) => listRuns(tx, filter));
  const { state, functionId } = filter;
  return (
    <JobList
      view={view}
      hrefs={{
        run: (id) => `/operator/jobs/${id}`,
        state: (one) => hrefOf({ functionId, state: one }),
        ofFunction: (one) => hrefOf({ state, functionId: one }),
        more: (before) => hrefOf({ ...filter, before }),
      }}
    />
  );
}
