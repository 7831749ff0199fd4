import type { Metadata } from "next";
import { EndpointDetail } from "@/components/partner/webhooks/endpoint-detail";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { countDeliveries, listWebhookDeliveries } from "@/lib/partner/webhook/queries";
import { deliveryFilter } from "@/lib/partner/webhook/schema";
import { listHref } from "../../list-href";
import { Live } from "../../live";
import { titleFor } from "../../title";
import {
  deleteEndpointAction,
  endFormerSecretAction,
  rotateSecretAction,
  sendTestAction,
  setEndpointStateAction,
} from "../actions";
import { loadEndpoint } from "./load-endpoint";

const PAGE = 25;

type Props = {
  params: Promise<{ partner: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "webhooks");
}

/** One endpoint: its state and secret, and the log of what was sent to it. */
export default async function EndpointPage({ params, searchParams }: Props) {
  const { partner, id } = await params;
  const base = `/partner/${partner}/webhooks`;
  const path = `${base}/${id}`;
  const member = await getPartnerMember(partner, path);
  const { state, before } = deliveryFilter.parse(await searchParams);
  const { endpoint, more } = await loadEndpoint(member, id, async (tx) => ({
    counts: await countDeliveries(tx, id),
    page: await listWebhookDeliveries(tx, id, { limit: PAGE, cursor: before, state }),
  }));
  const { nextCursor, deliveries } = more.page;
  return (
    <EndpointDetail
      endpoint={endpoint}
      log={{
        state: state ?? null,
        counts: more.counts,
        deliveries,
        moreHref: nextCursor === null ? null : `${listHref(path, { state, before: nextCursor })}#log`,
      }}
      mayManage={mayAsRole(member.role, "webhooks.manage")}
      live={<Live slug={partner} />}
      hrefs={{ back: base, self: path, edit: `${path}/edit`, replay: `${path}/replay` }}
      actions={{
        setState: setEndpointStateAction.bind(null, partner, id),
        rotate: rotateSecretAction.bind(null, partner, id),
        endFormer: endFormerSecretAction.bind(null, partner, id),
        sendTest: sendTestAction.bind(null, partner, id),
        remove: deleteEndpointAction.bind(null, partner, id),
      }}
    />
  );
}
