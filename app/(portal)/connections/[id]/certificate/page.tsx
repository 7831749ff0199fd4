import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EvidencePaper } from "@/components/evidence/evidence-paper";
import { CertificateNotYet } from "@/components/evidence/not-yet";
import { UsedAfterEnd } from "@/components/evidence/used-after-end";
import { Main } from "@/components/shell/container";
import { findPaper } from "@/lib/connection/evidence/queries";
import { loadOfConnection } from "../load-connection";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("evidence.certificate");
  return { title: t("title"), robots: { index: false } };
}

/** The signed certificate of a connection that was ended; until it can be signed, what is proven and what is awaited. */
export default async function CertificatePage({ params }: Props) {
  const { id } = await params;
  const { connection, offboarding, read } = await loadOfConnection(id, (tx) =>
    findPaper(tx, "certificate", id),
  );
  if (!offboarding) notFound();
  const back = `/connections/${id}`;
  return (
    <Main className="print:max-w-none print:p-0">
      <UsedAfterEnd keyUse={offboarding.keyUse} connection={connection} />
      {read ? (
        <EvidencePaper
          view={read}
          hrefs={{ back, download: `${back}/certificate/download`, verify: "/verify" }}
        />
      ) : (
        <CertificateNotYet
          connectorName={connection.connectorName}
          offboarding={offboarding}
          backHref={back}
        />
      )}
    </Main>
  );
}
