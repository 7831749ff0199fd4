import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/partner/live-refresh";

/** Follows what changes for the partner. */
export async function Live({ slug }: { slug: string }) {
  const t = await getTranslations("partner.live");
  return <LiveRefresh href={`/api/partner/${slug}/events`} words={{ on: t("on"), off: t("off") }} />;
}
