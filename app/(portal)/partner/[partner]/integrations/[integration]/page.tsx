import type { Metadata } from "next";
import { IntegrationPage } from "@/components/partner/integrations/integration-page";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getIntegrationPage } from "@/lib/partner/specification/queries";
import { getWebEnv } from "@/lib/platform/env";
import { readAsPartner } from "../../../../as-partner";
import { titleFor } from "../../title";
import {
  beginDraftAction,
  keepAction,
  publishAction,
  scheduleAction,
  unscheduleAction,
  withdrawAction,
} from "./actions";

type Props = { params: Promise<{ partner: string; integration: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "integrations");
}

/** One integration: what is published, what is on its way, and the draft. */
export default async function PartnerIntegrationPage({ params }: Props) {
  const { partner, integration } = await params;
  const base = `/partner/${partner}`;
  const here = `${base}/integrations/${integration}`;
  const member = await getPartnerMember(partner, here);
  const view = await readAsPartner(member, (tx) => getIntegrationPage(tx, member, integration));
  return (
    <IntegrationPage
      view={view}
      mayEdit={mayAsRole(member.role, "specifications.edit")}
      mayEnd={mayAsRole(member.role, "connections.end")}
      returnAddress={new URL(`/connect/${view.slug}/return`, getWebEnv().KYTKIN_PUBLIC_URL).href}
      hrefs={{
        list: `${base}/integrations`,
        edit: `${here}/edit`,
        retire: `${here}/retire`,
        connections: `${base}/connections`,
        links: `${base}/links`,
        newLink: `${base}/links/new`,
      }}
      actions={{
        beginDraft: beginDraftAction.bind(null, partner, integration),
        publish: publishAction.bind(null, partner, integration),
        schedule: scheduleAction.bind(null, partner, integration),
        unschedule: unscheduleAction.bind(null, partner, integration),
        keep: keepAction.bind(null, partner, integration),
        withdraw: withdrawAction.bind(null, partner, integration),
      }}
    />
  );
}
