import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { GuideText } from "@/components/guide/guide-text";
import { Main } from "@/components/shell/container";
import { PageHeading } from "@/components/ui/page-heading";
import { findGuide } from "@/lib/guide/read-guide";

type Props = { params: Promise<{ connector: string }> };

const loadGuide = cache(async (connector: string) => {
  const guide = (await findGuide(connector, await getLocale())) ?? (await findGuide(connector, "en"));
  return guide ?? notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadGuide((await params).connector)).title };
}

/** How to set an integration for this vendor system up, readable by everybody. */
export default async function GuidePage({ params }: Props) {
  const guide = await loadGuide((await params).connector);
  return (
    <Main>
      <article className="grid gap-6 py-6">
        <PageHeading title={guide.title} />
        <GuideText tokens={guide.tokens} />
      </article>
    </Main>
  );
}
