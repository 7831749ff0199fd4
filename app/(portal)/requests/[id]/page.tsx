import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FlowFrame } from "@/components/flow/flow-frame";
import { BackToPartner } from "@/components/flow/link-session/back-to-partner";
import { LiveRequest } from "@/components/flow/status/live-request";
import { TimelineSection } from "@/components/timeline/timeline-section";
import { getPreparation } from "@/lib/activation/draft/queries";
import { getRequestView } from "@/lib/activation/request/queries";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { readAsked } from "@/lib/activation/timeline/schema";
import { findLinkPreparation } from "@/lib/catalogue/link/find-link-preparation";
import { getWebEnv } from "@/lib/platform/env";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { noteOf } from "../../a/[token]/frame";
import { asCustomer } from "../../as-customer";
import { continuePlanAction } from "../../home/actions";
import { cancelRequestAction, retryRequestAction } from "./actions";
import { loadOfRequest } from "./load-request";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("status");
  return { title: t("title"), robots: { index: false } };
}

/** Step 6: the status of each environment, live until all are settled. */
export default async function RequestPage({ params, searchParams }: Props) {
  const { id } = await params;
  const asked = readAsked(await searchParams);
  // Read together: a request that is taken back between two reads is a 404, as one that was taken back before.
  const { viewer, view: read } = await loadOfRequest(
    id,
    `/requests/${id}`,
    async (tx, requestId, { guestOf }) => ({
      view: await getRequestView(tx, requestId, await getReaderLocale()),
      preparation: guestOf ? await getPreparation(tx, guestOf) : null,
    }),
  );
  const { view, preparation } = read;
  // A guest has the request in hand and nothing of what the account did with it.
  const happened =
    asked.isAsked && !viewer.guestOf
      ? await asCustomer(viewer, (tx) => readTimeline(tx, "customer", { requestId: id }, asked.before))
      : null;
  const note = preparation && noteOf(viewer, view.linkToken, preparation);
  const prepared = await findLinkPreparation(view.linkToken);
  return (
    <FlowFrame
      current="status"
      integrationName={view.integrationName}
      partnerName={view.partnerName}
      connectorId={view.connectorId}
      connectorName={view.connectorName}
      stage={view.stage}
      hasSettings={view.settings.length > 0}
      note={note && { ...note, reviewHref: `/requests/${id}/acceptance` }}
      hasPartnerSteps={view.partnerSteps.kind !== "none"}
    >
      <LiveRequest
        request={view}
        hasSftp={getWebEnv().KYTKIN_SFTP_ADDRESS !== undefined}
        actions={{
          cancelRequest: cancelRequestAction,
          retryRequest: retryRequestAction,
          continuePlan: continuePlanAction,
        }}
        hrefs={{
          home: "/home",
          review: `/a/${view.linkToken}`,
          partnerSteps: `/requests/${id}/partner-steps`,
          acceptance: `/requests/${id}/acceptance`,
          receipt: `/requests/${id}/receipt`,
          signIn: `/sign-in?${new URLSearchParams({ callbackUrl: `/requests/${id}`, reason: "signed_out" })}`,
        }}
      />
      {!viewer.guestOf && (
        <TimelineSection
          page={happened}
          names={view}
          isEarlier={asked.before !== undefined}
          path={`/requests/${id}`}
        />
      )}
      {prepared?.returnUrl && <BackToPartner returnUrl={prepared.returnUrl} />}
    </FlowFrame>
  );
}
