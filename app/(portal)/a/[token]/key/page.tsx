import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FlowFrame } from "@/components/flow/flow-frame";
import { PasteKeyStep } from "@/components/flow/pasted-key/paste-key-step";
import { getPasteGuide } from "@/lib/activation/pasted-key/queries";
import { isAppError } from "@/lib/core/app-error";
import { onRequest } from "../../../acting";
import { frameOf, hrefsOf } from "../frame";
import { loadStep } from "../load-step";
import { logInForDraftAction, pasteKeyForDraftAction } from "./actions";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ login?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pastedKey");
  return { title: t("title"), robots: { index: false } };
}

/** The manual path of step 3: a key that the customer makes at the vendor, in the place of a consent. */
export default async function PasteKeyPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { viewer, integration, note } = await loadStep(token, "key");
  const { integrationId, specification } = integration;
  const guide = await onRequest(
    viewer,
    (tx) => getPasteGuide(tx, integrationId, specification.content),
    token,
  ).catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  return (
    <FlowFrame current="environments" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <PasteKeyStep
        guide={guide}
        pasteKey={pasteKeyForDraftAction}
        logIn={logInForDraftAction}
        isLoginUnfinished={(await searchParams).login === "unfinished"}
        hidden={{ linkToken: token }}
        back={{ href: hrefsOf(token).environments, to: "environments" }}
      />
    </FlowFrame>
  );
}
