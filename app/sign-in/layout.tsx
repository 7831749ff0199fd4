import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Container, Main } from "@/components/shell/container";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PageShell } from "@/components/shell/page-shell";
import { SiteFooter } from "@/components/shell/site-footer";
import { SkipLink } from "@/components/shell/skip-link";
import { Wordmark } from "@/components/shell/wordmark";
import { setLocale } from "../(portal)/account-actions";

/**
 * The link's token stands in an address here: no path goes out as a referrer and nothing goes into an index. Not
 * `no-referrer`: with it a form sent before the page's scripts have run has the origin "null", and Next refuses it.
 */
export const metadata: Metadata = { referrer: "strict-origin", robots: { index: false, follow: false } };

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <PageShell>
      <SkipLink />
      <header className="border-b border-line bg-surface">
        <Container className="flex min-h-15 items-center justify-between gap-4 py-2">
          <Wordmark href="/" />
          <LanguageMenu action={setLocale} />
        </Container>
      </header>
      <Main width="narrow">{children}</Main>
      <SiteFooter />
    </PageShell>
  );
}
