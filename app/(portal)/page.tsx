import { Main } from "@/components/shell/container";
import { Catalogue } from "@/components/site/catalogue";
import { Hero } from "@/components/site/hero";
import { listPublicIntegrations } from "@/lib/catalogue/integration/queries";
import { findViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";

/** What the portal is, and the integrations that partners list publicly. */
export default async function StartPage() {
  const locale = await getReaderLocale();
  const listed = await inScope({ kind: "public" }, (tx) => listPublicIntegrations(tx, locale));
  const viewer = await findViewer();
  return (
    <Main>
      <Hero homeHref={viewer ? "/home" : "/sign-in"} isSignedIn={viewer !== null} />
      <Catalogue
        cards={listed.map((one) => ({ ...one, integrationId: one.slug, href: `/integrations/${one.slug}` }))}
      />
    </Main>
  );
}
