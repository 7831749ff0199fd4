import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActivateMore } from "@/components/company/activate-more";
import { Main } from "@/components/shell/container";
import { listPublicIntegrations } from "@/lib/catalogue/integration/queries";
import { listUsedIntegrations } from "@/lib/operations/company/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../as-customer";
import { startPlanAction } from "../home/actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activateMore");
  return { title: t("title"), robots: { index: false } };
}

/** What the account can activate: more companies for what it uses, and what is listed publicly. */
export default async function ActivatePage() {
  const viewer = await getViewer("/activate");
  const locale = await getReaderLocale();
  const used = await asCustomer(viewer, (tx) => listUsedIntegrations(tx, locale));
  const listed = await inScope({ kind: "public" }, (tx) => listPublicIntegrations(tx, locale));
  const others = listed.filter(({ id }) => !used.some((one) => one.id === id));
  return (
    <Main>
      <ActivateMore
        used={used}
        others={others}
        startPlan={startPlanAction}
        hrefs={{
          home: "/home",
          link: (linkToken) => `/a/${linkToken}`,
          listed: (slug) => `/integrations/${slug}`,
        }}
      />
    </Main>
  );
}
