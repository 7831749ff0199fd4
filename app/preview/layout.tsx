import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PreviewRefresh } from "@/components/preview/preview-refresh";
import { Container } from "@/components/shell/container";
import { PageShell } from "@/components/shell/page-shell";
import { Wordmark } from "@/components/shell/wordmark";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor.preview");
  return { title: t("title"), robots: { index: false } };
}

/** The frame of a customer's page, without anything that leads away from it. */
export default function PreviewLayout({ children }: { children: ReactNode }) {
  return (
    <PageShell>
      <PreviewRefresh />
      <header className="border-b border-line bg-surface">
        <Container className="flex min-h-15 items-center py-2">
          <Wordmark href="#main" />
        </Container>
      </header>
      {children}
    </PageShell>
  );
}
