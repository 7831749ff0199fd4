import { Main } from "@/components/shell/container";
import { Catalogue } from "@/components/site/catalogue";
import { Hero } from "@/components/site/hero";
import { listCatalogue } from "@/lib/catalogue/listing/queries";
import { findViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";

/** What the portal is, and the integrations that partners list publicly. */
export default async function StartPage() {
  const locale = await getReaderLocale();
  const { cards, count } = await inScope({ kind: "public" }, (tx) => listCatalogue(tx, locale, {}));
  const viewer = await findViewer();
  return (
    <Main>
      <Hero homeHref={viewer ? "/home" : "/sign-in"} isSignedIn={viewer !== null} />
      <Catalogue cards={cards} count={count} href={`/${locale}`} />
    </Main>
  );
}
