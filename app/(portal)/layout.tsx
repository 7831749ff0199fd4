import { headers } from "next/headers";
import type { ReactNode } from "react";
import { PageShell } from "@/components/shell/page-shell";
import { SiteFooter } from "@/components/shell/site-footer";
import { SiteHeader } from "@/components/shell/site-header";
import { findViewer } from "@/lib/auth/viewer";
import { leave, leaveEverywhere, setLocale } from "./account-actions";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const viewer = await findViewer();
  const here = (await headers()).get("x-kytkin-path") ?? "/";
  return (
    <PageShell>
      <SiteHeader
        viewer={viewer && { email: viewer.email }}
        startHref="/"
        homeHref="/home"
        signInHref={`/sign-in?${new URLSearchParams({ callbackUrl: here === "/" ? "/home" : here })}`}
        actions={{ setLocale, signOut: leave, signOutEverywhere: leaveEverywhere }}
      />
      {children}
      <SiteFooter />
    </PageShell>
  );
}
