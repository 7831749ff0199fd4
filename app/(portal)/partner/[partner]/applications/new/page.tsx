import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ApplicationForm } from "@/components/partner/applications/application-form";
import { ChooseConnector } from "@/components/partner/applications/choose-connector";
import { CONNECTOR_IDS } from "@/lib/connectors/registry";
import { describeNewApplication, listConnectorChoices } from "@/lib/partner/application/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { titleFor } from "../../title";
import { createApplicationAction } from "../actions";

type Props = {
  params: Promise<{ partner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const choice = z.object({ connector: z.enum(CONNECTOR_IDS), stage: z.enum(["test", "production"]) });

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "applications");
}

/** First the vendor and the stage, which stand in the address; then the vendor's own form. */
export default async function NewApplicationPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const base = `/partner/${partner}/applications`;
  const member = await getPartnerMember(partner, `${base}/new`);
  if (!mayAsRole(member.role, "applications.manage")) notFound();
  const chosen = choice.safeParse(await searchParams);
  if (!chosen.success)
    return <ChooseConnector connectors={listConnectorChoices()} href={`${base}/new`} backHref={base} />;
  const { connector, stage } = chosen.data;
  const { connectorName, fields } = describeNewApplication(connector);
  return (
    <ApplicationForm
      kind="new"
      connectorName={connectorName}
      name={null}
      stage={stage}
      fields={fields}
      isClientIdFixed={false}
      hidden={{ connector, stage }}
      hrefs={{ back: base, other: `${base}/new` }}
      save={createApplicationAction.bind(null, partner)}
    />
  );
}
