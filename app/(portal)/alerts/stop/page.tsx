import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StopAlerts } from "@/components/alerts/stop-alerts";
import { Main } from "@/components/shell/container";
import { findStopOffer } from "@/lib/partner/alert/manage-alerts";
import { stopToken } from "@/lib/partner/alert/schema";
import { inScope } from "@/lib/platform/web-database";
import { stopAlertsAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stopAlerts");
  return { title: t("pageTitle"), robots: { index: false }, referrer: "no-referrer" };
}

/** The page behind the link in a digest that stops such mails; it needs no session. */
export default async function StopAlertsPage({ searchParams }: Props) {
  const token = stopToken.safeParse((await searchParams).token);
  const offer = token.success
    ? await inScope({ kind: "public" }, (tx) => findStopOffer(tx, token.data))
    : null;
  return (
    <Main width="narrow">
      <StopAlerts token={token.success ? token.data : ""} offer={offer} stop={stopAlertsAction} />
    </Main>
  );
}
