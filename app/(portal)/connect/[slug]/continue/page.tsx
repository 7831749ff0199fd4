import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { VendorReturn } from "@/components/flow/vendor-return/vendor-return";
import { WayOnLinks } from "@/components/flow/vendor-return/way-on-links";
import { findReturnedGrant, getVendorReturn } from "@/lib/activation/grant/queries";
import type { ConsentReturn } from "@/lib/activation/grant/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { findViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { actingOn, getActor, onRequest } from "../../../acting";
import { claimGrantAction, lookUpReturnAction, switchAccountAction } from "./actions";
import { EndedHere } from "./ended-here";
import { KeyLoginReturn } from "./key-login-return";
import { findReturned, loadIntegration, loadWayOn } from "./load-return";
import { LookUpReturn } from "./look-up-return";
import { ReturnFrame } from "./return-frame";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { connector } = await loadIntegration((await params).slug);
  const t = await getTranslations("vendorReturn");
  return { title: t("title", { connector: connector.manifest.name }), robots: { index: false } };
}

/** The page after the vendor's return. Looking at it changes nothing; its form asks for the request to be read. */
export default async function ContinuePage({ params }: Props) {
  const { slug } = await params;
  await loadIntegration(slug);
  const returned = await findReturned(slug);
  if (returned === null || returned.kind === "ended") {
    // Said to visitors, too: they need no account to read that they cancelled.
    const visitor = await findViewer();
    const viewer = visitor && (await actingOn(visitor, { slug }));
    return <EndedHere viewer={viewer} slug={slug} because={returned?.because ?? "lost"} />;
  }
  const viewer = await getActor({ slug }, `/connect/${slug}/continue`);
  if (returned.kind === "key_login") return <KeyLoginReturn viewer={viewer} returned={returned} />;
  return <ConsentReturned viewer={viewer} returned={returned} />;
}

async function ConsentReturned({ viewer, returned }: { viewer: Viewer; returned: ConsentReturn }) {
  const { slug } = returned;
  const { id } = await loadIntegration(slug);
  const found = await onRequest(viewer, (tx) => findReturnedGrant(tx, viewer, returned));
  if (found.kind === "not_yours") return <EndedHere viewer={viewer} slug={slug} because="not_yours" />;
  const locale = await getReaderLocale();
  const view =
    found.kind === "grant"
      ? await onRequest(viewer, (tx) => getVendorReturn(tx, viewer, found.grantId, locale))
      : null;
  if (view?.state === "done") redirect(`/a/${view.linkToken}/environments`);
  return (
    <ReturnFrame viewer={viewer} integrationId={id}>
      {found.kind === "grant" && view ? (
        <VendorReturn
          view={view}
          claimRequest={claimGrantAction.bind(null, slug, found.grantId)}
          switchAccount={switchAccountAction.bind(null, slug)}
          homeHref="/home"
          lookUpAgain={lookUpReturnAction.bind(null, slug)}
        />
      ) : (
        <LookUpReturn
          lookUp={lookUpReturnAction.bind(null, slug)}
          isExpected={found.kind === "not_looked_up" && found.isExpected}
          viewerEmail={viewer.email}
          wayOn={<WayOnLinks wayOn={await loadWayOn(viewer, slug, id)} homeHref="/home" />}
        />
      )}
    </ReturnFrame>
  );
}
