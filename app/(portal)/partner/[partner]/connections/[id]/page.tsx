import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Comparisons } from "@/components/delivery/comparisons";
import { ConnectionDetail } from "@/components/partner/connection-detail";
import { ResendRequestMail } from "@/components/partner/resend-request-mail";
import { Timeline } from "@/components/timeline/timeline";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { timelineCursor } from "@/lib/activation/timeline/schema";
import { listComparisons } from "@/lib/connection/comparison/queries";
import { getConnectionDetails } from "@/lib/partner/monitoring/get-connection";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../as-partner";
import { earlierHref } from "../../../../earlier-href";
import { Live } from "../../live";
import { addNoteAction, resendMailAction } from "../../requests/[id]/actions";
import { liftHoldAction, pauseAction, scheduleEndAction } from "../../requests/[id]/hold-actions";
import { titleFor } from "../../title";

type Props = {
  params: Promise<{ partner: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "connections");
}

/** One connection with all that happened to it. */
export default async function PartnerConnectionPage({ params, searchParams }: Props) {
  const { partner, id } = await params;
  const base = `/partner/${partner}/connections`;
  const path = `${base}/${id}`;
  const member = await getPartnerMember(partner, path);
  if (!z.uuid().safeParse(id).success) notFound();
  const before = timelineCursor.parse((await searchParams).before);
  const { connection, page, comparisons } = await readAsPartner(member, async (tx) => ({
    connection: await getConnectionDetails(tx, member, id),
    page: await readTimeline(tx, "partner", { connectionId: id }, before),
    comparisons: await listComparisons(tx, id),
  }));
  const { requestId } = connection;
  const resend = resendMailAction.bind(null, partner);
  return (
    <ConnectionDetail
      connection={connection}
      role={member.role}
      hrefs={{ back: base, request: `/partner/${partner}/requests/${requestId}` }}
      comparison={
        <Comparisons
          connector={{ id: connection.connectorId, name: connection.connectorName }}
          comparisons={comparisons}
          csvHref={(comparisonId) => `${path}/comparisons/${comparisonId}`}
        />
      }
      live={<Live slug={partner} />}
      timeline={
        <Timeline
          page={page}
          names={connection}
          isEarlier={before !== undefined}
          hrefs={{ newest: `${path}#timeline`, earlier: earlierHref(path) }}
          renderResend={
            mayAsRole(member.role, "mails.resend")
              ? (mailId) => <ResendRequestMail requestId={requestId} mailId={mailId} resend={resend} />
              : undefined
          }
        />
      }
      actions={{
        addNote: addNoteAction.bind(null, partner),
        holds: {
          pause: pauseAction.bind(null, partner),
          scheduleEnd: scheduleEndAction.bind(null, partner),
          lift: liftHoldAction.bind(null, partner),
        },
      }}
    />
  );
}
