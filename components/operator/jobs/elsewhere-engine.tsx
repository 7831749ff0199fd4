import { ServerCog } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { OutsideLink } from "@/components/ui/text-link";

/** The functions run on an Inngest server, which shows its runs itself. */
export function ElsewhereEngine({ dashboardHref }: { dashboardHref: string | null }) {
  const t = useTranslations("operator.jobs");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")} />
      <EmptyState
        icon={ServerCog}
        title={t("elsewhere.title")}
        action={dashboardHref && <OutsideLink href={dashboardHref}>{t("elsewhere.dashboard")}</OutsideLink>}
      >
        <p>{t(dashboardHref ? "elsewhere.body" : "elsewhere.noDashboard")}</p>
      </EmptyState>
    </div>
  );
}
