import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Main } from "@/components/shell/container";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("profile.erased");
  return { title: t("title"), robots: { index: false } };
}

/** The last page: nobody is signed in any more. */
export default async function ErasedPage() {
  const t = await getTranslations("profile.erased");
  return (
    <Main width="narrow">
      <Card className="grid justify-items-start gap-5 px-5 py-6 sm:px-8">
        <PageHeading title={t("title")}>
          <p>{t("body")}</p>
        </PageHeading>
        <LinkButton href="/" variant="secondary">
          {t("toStart")}
        </LinkButton>
      </Card>
    </Main>
  );
}
