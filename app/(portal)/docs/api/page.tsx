import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApiReference } from "@/components/api-docs/api-reference";
import { Main } from "@/components/shell/container";
import { PageHeading } from "@/components/ui/page-heading";
import { describeDocument } from "@/lib/partner/api/describe-document";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiDocs");
  return { title: t("title") };
}

/** The partner API for people to read; programs take /api/v1/openapi.json. */
export default async function ApiDocsPage() {
  const t = await getTranslations("apiDocs");
  return (
    <Main>
      <div className="grid min-w-0 gap-8">
        <PageHeading title={t("title")}>
          <p>
            {t.rich("intro", {
              link: () => (
                <a className="underline underline-offset-2" href="/api/v1/openapi.json">
                  /api/v1/openapi.json
                </a>
              ),
            })}
          </p>
          <p>{t("open")}</p>
        </PageHeading>
        <ApiReference reference={describeDocument()} />
      </div>
    </Main>
  );
}
