import { Compass } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { Main } from "@/components/shell/container";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export default async function SiteNotFound() {
  const t = await getTranslations("catalogue");
  return (
    <Main>
      <EmptyState
        icon={Compass}
        title={t("notFound.title")}
        action={
          <LinkButton href={`/${await getLocale()}`} variant="secondary">
            {t("page.back")}
          </LinkButton>
        }
      >
        <p>{t("notFound.body")}</p>
      </EmptyState>
    </Main>
  );
}
