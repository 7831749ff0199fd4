import { headers } from "next/headers";
import type { ReactNode } from "react";
import { PageShell } from "@/components/shell/page-shell";
import { SiteFooter } from "@/components/shell/site-footer";
import { SiteHeader } from "@/components/shell/site-header";
import type { Viewer } from "@/lib/people/account/schema";
import { findViewer } from "@/lib/people/auth/viewer";
import { listAccounts } from "@/lib/people/membership/queries";
import { inScope } from "@/lib/platform/web-database";
import { switchAccountAction } from "./account/actions";
import { leave, leaveEverywhere, setLocale } from "./account-actions";

const listOwnAccounts = (viewer: Viewer) => inScope({ kind: "auth" }, (tx) => listAccounts(tx, viewer));

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const viewer = await findViewer();
  const here = (await headers()).get("x-kytkin-path") ?? "/";
  return (
    <PageShell>
      <SiteHeader
        viewer={viewer && { email: viewer.email, accounts: await listOwnAccounts(viewer) }}
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
      <SiteFooter />
    </PageShell>
  );
}
