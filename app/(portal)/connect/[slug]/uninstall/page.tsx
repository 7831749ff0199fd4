import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { type ConnectionsToEnd, Uninstall } from "@/components/connection/uninstall";
import { Main } from "@/components/shell/container";
import { listConnections } from "@/lib/connection/lifecycle/queries";
import { findUninstalled } from "@/lib/connection/offboarding/find-uninstalled";
import type { Uninstalled } from "@/lib/connection/offboarding/schema";
import { signInHref } from "@/lib/people/auth/rules";
import { findViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../../../as-customer";

type Props = { params: Promise<{ slug: string }> };
type Loaded = { uninstalled: Uninstalled; toEnd: ConnectionsToEnd | null };

const MOST_SHOWN = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const loaded = await load(slug);
  const t = await getTranslations("uninstall");
  const names = loaded && {
    integration: loaded.uninstalled.integrationName,
    connector: loaded.uninstalled.connector.name,
  };
  return { title: names ? t("title", names) : undefined, robots: { index: false } };
}

const load = cache(async (slug: string): Promise<Loaded | null> => {
  const viewer = await findViewer();
  const locale = await getReaderLocale();
  if (viewer === null) {
    const uninstalled = await inScope({ kind: "public" }, (tx) => findUninstalled(tx, slug, locale));
    return uninstalled && { uninstalled, toEnd: null };
  }
  return asCustomer(viewer, async (tx) => {
    const uninstalled = await findUninstalled(tx, slug, locale);
    if (uninstalled === null) return null;
    const page = { limit: MOST_SHOWN, locale };
    const { connections, nextCursor } = await listConnections(tx, page, "endable", uninstalled.integrationId);
    return { uninstalled, toEnd: { email: viewer.email, connections, isWhole: nextCursor === null } };
  });
});

/**
 * Where a vendor leads an administrator who removes the integration there. Looking at it ends nothing: a connection is ended on
 * its own page, by somebody who is signed in to its account.
 */
export default async function UninstallPage({ params }: Props) {
  const { slug } = await params;
  const loaded = await load(slug);
  if (loaded === null) notFound();
  return (
    <Main>
      <Uninstall
        {...loaded}
        hrefs={{
          signIn: signInHref(`/connect/${slug}/uninstall`),
          home: "/home",
          connection: (id) => `/connections/${id}`,
        }}
      />
    </Main>
  );
}
