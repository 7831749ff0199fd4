import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FlowFrame } from "@/components/flow/flow-frame";
import { TechnicalUserStep } from "@/components/flow/technical-user/technical-user-step";
import { findTechnicalUserView } from "@/lib/activation/draft/technical-user-view";
import { onRequest } from "../../../acting";
import { checkAgainAction, submitRequestAction } from "../actions";
import { frameOf, handOverHrefFor, hrefsOf } from "../frame";
import { loadStep } from "../load-step";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("technicalUser");
  return { title: t("title"), robots: { index: false } };
}

/** Step 4: who acts in the environments and with which rights; its button submits. */
export default async function TechnicalUserPage({ params }: Props) {
  const { token } = await params;
  const { viewer, integration, draft, note } = await loadStep(token, "technical-user");
  const view = await onRequest(viewer, (tx) => findTechnicalUserView(tx, draft, integration), token);
  const hasSettings = integration.specification.content.settings.length > 0;
  if (!view) redirect(`/a/${token}/${hasSettings ? "settings" : "environments"}`);
  return (
    <FlowFrame current="technical-user" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <TechnicalUserStep
        view={view}
        hrefs={{
          environments: `/a/${token}/environments`,
          settings: `/a/${token}/settings`,
          handOver: handOverHrefFor(viewer, token),
        }}
        checkAgain={checkAgainAction}
        submitRequest={submitRequestAction}
      />
    </FlowFrame>
  );
}
