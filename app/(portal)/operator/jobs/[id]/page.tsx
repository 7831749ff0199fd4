import { notFound } from "next/navigation";
import { z } from "zod";
import { RunDetail } from "@/components/operator/jobs/run-detail";
import { isAppError } from "@/lib/core/app-error";
import { getRun } from "@/lib/operations/jobs/queries";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../../as-operator";
import { cancelRunAction, retryRunAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

export default async function RunPage({ params }: Props) {
  const { id } = await params;
  const viewer = await getOperator(`/operator/jobs/${id}`);
  if (!z.uuid().safeParse(id).success) notFound();
  const run = await asOperator(viewer, (tx) => getRun(tx, id)).catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  return (
    <RunDetail
      run={run}
      hrefs={{ list: "/operator/jobs", run: (runId) => `/operator/jobs/${runId}` }}
      actions={{ retry: retryRunAction, cancel: cancelRunAction }}
    />
  );
}
