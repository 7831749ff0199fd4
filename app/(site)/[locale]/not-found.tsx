import { Compass } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { Main } from "@/components/shell/container";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";

export default async function SiteNotFound() {
  const t = await getTranslations("catalogue");
  return (
    <Main>
      <Card className="grid gap-5 p-5 sm:p-8">
        <Compass aria-hidden className="size-8 text-ink-soft" />
        <PageHeading title={t("notFound.title")}>
          <p>{t("notFound.body")}</p>
        </PageHeading>
        <div>
          <LinkButton href={`/${await getLocale()}`} variant="secondary">
            {t("page.back")}
          </LinkButton>
        </div>
      </Card>
    </Main>
  );
}
