import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EvidencePaper } from "@/components/evidence/evidence-paper";
import { ReceiptNotYet } from "@/components/evidence/receipt-not-yet";
import { Main } from "@/components/shell/container";
import { findPaper } from "@/lib/connection/evidence/queries";
import { loadOfRequest } from "../load-request";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("evidence.receipt");
  return { title: t("title"), robots: { index: false } };
}

/** The signed receipt of what was accepted with a request: to be printed, and to be kept as a file. */
export default async function ReceiptPage({ params }: Props) {
  const { id } = await params;
  const { view } = await loadOfRequest(id, `/requests/${id}/receipt`, (tx, requestId) =>
    findPaper(tx, "receipt", requestId),
  );
  const back = `/requests/${id}`;
  return (
    <Main className="print:max-w-none print:p-0">
      {view ? (
        <EvidencePaper
          view={view}
          hrefs={{ back, download: `${back}/receipt/download`, verify: "/verify" }}
        />
      ) : (
        <ReceiptNotYet backHref={back} />
      )}
    </Main>
  );
}
