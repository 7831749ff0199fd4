import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeactivateSeveral } from "@/components/connection/deactivate-several";
import { Main } from "@/components/shell/container";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { listConnections } from "@/lib/connection/lifecycle/queries";
import { MAX_ENDED_AT_ONCE } from "@/lib/connection/offboarding/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { asCustomer } from "../../as-customer";
import { deactivateConnectionsAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connectionList.several");
  return { title: t("title"), robots: { index: false } };
}

/** Ends several connections at once: an accountant may have hundreds. */
export default async function DeactivatePage() {
  const t = await getTranslations();
  const viewer = await getViewer("/connections/deactivate");
  const locale = await getReaderLocale();
  const { connections } = await asCustomer(viewer, (tx) =>
    listConnections(tx, { limit: MAX_ENDED_AT_ONCE, locale }, "endable"),
  );
  return (
    <Main>
      <div className="grid gap-6">
        <div className="grid gap-3">
          <TextLink href="/home" className="justify-self-start text-sm">
            {t("connectionPage.toHome")}
          </TextLink>
          <PageHeading title={t("connectionList.several.title")}>
            <p>{t("connectionList.several.intro")}</p>
            <p>{t("connectionExport.several")}</p>
          </PageHeading>
        </div>
        <DeactivateSeveral connections={connections} deactivateConnections={deactivateConnectionsAction} />
      </div>
    </Main>
  );
}
