import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageShell } from "@/components/shell/page-shell";
import { SiteFooter } from "@/components/shell/site-footer";
import { SiteHeader } from "@/components/shell/site-header";
import { listPartners } from "@/lib/partner/organization/queries";
import type { Viewer } from "@/lib/people/account/schema";
import { findViewer } from "@/lib/people/auth/viewer";
import { listAccounts } from "@/lib/people/membership/queries";
import { inScope } from "@/lib/platform/web-database";
import { switchAccountAction } from "./account/actions";
import { leave, leaveEverywhere, setLocale } from "./account-actions";

/** What the person may act for, for the menu. */
const listChoices = (viewer: Viewer) =>
  inScope({ kind: "auth" }, async (tx) => ({
    accounts: await listAccounts(tx, viewer),
    partners: await listPartners(tx, viewer.userId),
  }));

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const viewer = await findViewer();
  const t = await getTranslations("shell");
  const here = (await headers()).get("x-kytkin-path") ?? "/";
  return (
    <PageShell>
      <SiteHeader
        viewer={viewer && { email: viewer.email, ...(await listChoices(viewer)) }}
        startHref={viewer ? "/home" : "/"}
        homeHref="/home"
        accountHref="/account"
        profileHref="/account/profile"
        operatorHref={viewer?.isOperator ? "/operator/tasks" : undefined}
        signInHref={`/sign-in?${new URLSearchParams({ callbackUrl: here === "/" ? "/home" : here })}`}
        actions={{
          setLocale,
          switchAccount: switchAccountAction,
          signOut: leave,
          signOutEverywhere: leaveEverywhere,
        }}
      />
      {children}
      <SiteFooter links={[{ href: "/partners", label: t("forPartners") }]} />
    </PageShell>
  );
}
