import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FlowFrame } from "@/components/flow/flow-frame";
import { HandOver } from "@/components/flow/hand-over/hand-over";
import { getAccountView, listGuests, listOpenInvitations } from "@/lib/people/membership/queries";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { takeBackRequestAction, withdrawInvitationAction } from "../../../account/actions";
import { asCustomer } from "../../../as-customer";
import { frameOf, hrefsOf } from "../frame";
import { loadStep } from "../load-step";
import { handOverAction } from "./actions";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("handOver");
  return { title: t("title"), robots: { index: false } };
}

/** Beside steps 3 and 4: a colleague who has the rights goes on with what was prepared. */
export default async function HandOverPage({ params }: Props) {
  const { token } = await params;
  const { viewer, integration, draft, note } = await loadStep(token, "hand-over");
  // What was handed over is not handed on.
  if (viewer.guestOf !== undefined) redirect(hrefsOf(token).environments);
  const locale = await getReaderLocale();
  const view = await asCustomer(viewer, async (tx) => ({
    account: await getAccountView(tx, viewer, locale),
    invitations: await listOpenInvitations(tx, locale, draft.id),
    guests: await listGuests(tx, locale, draft.id),
  }));
  return (
    <FlowFrame current="environments" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <HandOver
        draft={{ id: draft.id, linkToken: token }}
        names={{
          account: view.account.name,
          integration: integration.specification.content.name,
          connector: integration.connector.name,
        }}
        guests={view.guests}
        colleagues={view.account.members.filter((member) => !member.isViewer).map(({ email }) => email)}
        invitations={view.invitations}
        actions={{
          handOver: handOverAction,
          withdraw: withdrawInvitationAction,
          takeBack: takeBackRequestAction,
        }}
        backHref={`/a/${token}/environments`}
      />
    </FlowFrame>
  );
}
