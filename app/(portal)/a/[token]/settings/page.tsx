import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FlowFrame } from "@/components/flow/flow-frame";
import { SettingsStep } from "@/components/flow/settings/settings-step";
import { findSettingsView } from "@/lib/activation/draft/settings-view";
import { onRequest } from "../../../acting";
import { chooseSettingsAction } from "../actions";
import { frameOf, handOverHrefFor, hrefsOf } from "../frame";
import { loadStep } from "../load-step";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title"), robots: { index: false } };
}

/** Between the pick and the last look: what the specification lets the customer choose. */
export default async function SettingsPage({ params }: Props) {
  const { token } = await params;
  const { viewer, integration, draft, note } = await loadStep(token, "settings");
  const view = await onRequest(viewer, (tx) => findSettingsView(tx, draft, integration), token);
  if (!view) redirect(`/a/${token}/environments`);
  if (view.settings.length === 0) redirect(`/a/${token}/technical-user`);
  return (
    <FlowFrame current="settings" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <SettingsStep
        view={view}
        hrefs={{ environments: `/a/${token}/environments`, handOver: handOverHrefFor(viewer, token) }}
        chooseSettings={chooseSettingsAction}
      />
    </FlowFrame>
  );
}
