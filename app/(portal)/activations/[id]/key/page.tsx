import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PasteKeyStep } from "@/components/flow/pasted-key/paste-key-step";
import { KeyNotWanted, RecoverHeading } from "@/components/flow/pasted-key/recover";
import { Main } from "@/components/shell/container";
import { logInForActivationAction, pasteKeyForActivationAction } from "./actions";
import { loadRecovery } from "./load-recovery";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ login?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pastedKey.recover");
  return { title: t("title"), robots: { index: false } };
}

/** The way back for a company whose key was lost or is dead: a key that the customer makes at the vendor. */
export default async function RecoverPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { activation } = await loadRecovery(id, `/activations/${id}/key`);
  const requestHref = `/requests/${activation.requestId}`;
  return (
    <Main>
      <div className="grid gap-6">
        {activation.isWanted ? (
          <PasteKeyStep
            guide={activation.guide}
            heading={<RecoverHeading activation={activation} />}
            pasteKey={pasteKeyForActivationAction}
            logIn={logInForActivationAction}
            isLoginUnfinished={(await searchParams).login === "unfinished"}
            hidden={{ activationId: id }}
            back={{ href: requestHref, to: "request" }}
          />
        ) : (
          <KeyNotWanted requestHref={requestHref} />
        )}
      </div>
    </Main>
  );
}
