import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { RequestDetail } from "@/components/partner/request-detail";
import { Timeline } from "@/components/timeline/timeline";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { timelineCursor } from "@/lib/activation/timeline/schema";
import { getRequestDetails } from "@/lib/partner/monitoring/get-request";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../as-partner";
import { earlierHref } from "../../../../earlier-href";
import { Live } from "../../live";
import { titleFor } from "../../title";
import {
  addNoteAction,
  askForRetryAction,
  cancelRequestAction,
  decideAction,
  extendDeadlineAction,
  resendMailAction,
} from "./actions";
import { liftHoldAction, pauseAction, scheduleEndAction } from "./hold-actions";

type Props = {
  params: Promise<{ partner: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "requests");
}

/** One request: what it is about, what happened, and the decision. */
export default async function PartnerRequestPage({ params, searchParams }: Props) {
  const { partner, id } = await params;
  const base = `/partner/${partner}/requests`;
  const member = await getPartnerMember(partner, `${base}/${id}`);
  if (!z.uuid().safeParse(id).success) notFound();
  const path = `${base}/${id}`;
  const before = timelineCursor.parse((await searchParams).before);
  const { request, page } = await readAsPartner(member, async (tx) => ({
    request: await getRequestDetails(tx, member, id),
    page: await readTimeline(tx, "partner", { requestId: id }, before),
  }));
  return (
    <RequestDetail
      request={request}
      role={member.role}
      backHref={base}
      endHref={(connectionId) => `/partner/${partner}/connections/${connectionId}/end`}
      live={<Live slug={partner} />}
      timeline={
        <Timeline
          page={page}
          names={request}
          isEarlier={before !== undefined}
          hrefs={{ newest: `${path}#timeline`, earlier: earlierHref(path) }}
        />
      }
      actions={{
        decide: decideAction.bind(null, partner),
        cancel: cancelRequestAction.bind(null, partner),
        extend: extendDeadlineAction.bind(null, partner),
        askForRetry: askForRetryAction.bind(null, partner),
        resend: resendMailAction.bind(null, partner),
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
