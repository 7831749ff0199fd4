import { Plug } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export function NothingYet({ catalogueHref }: { catalogueHref: string }) {
  const t = useTranslations("home.empty");
  return (
    <EmptyState
      icon={Plug}
      title={t("title")}
      action={<LinkButton href={catalogueHref}>{t("toCatalogue")}</LinkButton>}
    >
      <p>{t("body")}</p>
    </EmptyState>
  );
}
