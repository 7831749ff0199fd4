import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Main } from "@/components/shell/container";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PageShell } from "@/components/shell/page-shell";
import { PlainHeader } from "@/components/shell/plain-header";
import { SiteFooter } from "@/components/shell/site-footer";
import { setLocale } from "../(portal)/account-actions";

/**
 * The link's token stands in an address here: no path goes out as a referrer and nothing goes into an index. Not
 * `no-referrer`: with it a form sent before the page's scripts have run has the origin "null", and Next refuses it.
 */
export const metadata: Metadata = { referrer: "strict-origin", robots: { index: false, follow: false } };

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <PageShell>
      <PlainHeader>
        <LanguageMenu action={setLocale} />
      </PlainHeader>
      <Main width="narrow">{children}</Main>
      <SiteFooter />
    </PageShell>
  );
}
