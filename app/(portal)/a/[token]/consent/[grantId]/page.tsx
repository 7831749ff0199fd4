import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Departure } from "@/components/flow/departure/departure";
import { FlowFrame } from "@/components/flow/flow-frame";
import { findDeparture } from "@/lib/activation/grant/queries";
import { onRequest } from "../../../../acting";
import { beginConsentAction } from "../../actions";
import { frameOf, hrefsOf } from "../../frame";
import { loadStep } from "../../load-step";

type Props = { params: Promise<{ token: string; grantId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("departure");
  return { title: t("title"), robots: { index: false } };
}

/** Between our button and the vendor's first page: the worker asks the vendor where to send the customer. */
export default async function ConsentPage({ params }: Props) {
  const { token, grantId } = await params;
  const { viewer, integration, draft, note } = await loadStep(token, "environments");
  const { environments } = hrefsOf(token);
  const id = z.uuid().safeParse(grantId);
  const view = id.success ? await onRequest(viewer, (tx) => findDeparture(tx, draft.id, id.data)) : null;
  if (!view) redirect(environments);
  return (
    <FlowFrame current="environments" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <Departure view={view} linkToken={token} beginConsent={beginConsentAction} />
    </FlowFrame>
  );
}
