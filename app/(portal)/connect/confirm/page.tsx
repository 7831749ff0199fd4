import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConfirmInitiator } from "@/components/flow/vendor-return/confirm-initiator";
import { Main } from "@/components/shell/container";
import { findConfirmation } from "@/lib/activation/grant/confirm-initiator";
import { inScope } from "@/lib/platform/web-database";
import { confirmInitiatorAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendorReturn.initiator");
  return { title: t("title"), robots: { index: false } };
}

/** Where the mail to the initiator leads. Looking at it changes nothing. */
export default async function ConfirmInitiatorPage({ searchParams }: Props) {
  const { token, done } = await searchParams;
  if (done === "1") {
    return (
      <Main width="narrow">
        <ConfirmInitiator state="done" />
      </Main>
    );
  }
  const found =
    typeof token === "string" ? await inScope({ kind: "public" }, (tx) => findConfirmation(tx, token)) : null;
  if (!found || typeof token !== "string") notFound();
  return (
    <Main width="narrow">
      <ConfirmInitiator
        state="ask"
        maskedEmail={found.maskedEmail}
        confirm={confirmInitiatorAction.bind(null, token)}
      />
    </Main>
  );
}
