import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AcceptanceRecord } from "@/components/flow/acceptance/acceptance-record";
import { Main } from "@/components/shell/container";
import { getAcceptanceView } from "@/lib/activation/request/acceptance-view";
import { loadOfRequest } from "../load-request";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("acceptance");
  return { title: t("title"), robots: { index: false } };
}

/** What was accepted with a request: made to be printed and kept. */
export default async function AcceptancePage({ params }: Props) {
  const { id } = await params;
  const { view } = await loadOfRequest(id, `/requests/${id}/acceptance`, getAcceptanceView);
  return (
    <Main className="print:max-w-none print:p-0">
      <AcceptanceRecord view={view} statusHref={`/requests/${id}`} />
    </Main>
  );
}
