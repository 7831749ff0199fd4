import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { GuideContents } from "@/components/guide/guide-contents";
import { GuideText } from "@/components/guide/guide-text";
import { Main } from "@/components/shell/container";
import { PageHeading } from "@/components/ui/page-heading";
import { findGuide } from "@/lib/catalogue/guide/read-guide";

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
      <article className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="lg:col-span-2">
          <PageHeading title={guide.title} />
        </div>
        <div className="lg:order-last">
          <GuideContents contents={guide.contents} />
        </div>
        <GuideText tokens={guide.tokens} />
      </article>
    </Main>
  );
}
