import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { OperatorNav } from "@/components/operator/operator-nav";
import { Container, Main } from "@/components/shell/container";
import { getOperator } from "@/lib/people/auth/operator";
import { findViewer } from "@/lib/people/auth/viewer";
import { Words } from "../../words";

export async function generateMetadata(): Promise<Metadata> {
  const robots = { index: false };
  // For everybody else there is no such page, and no name of one.
  if (!(await findViewer())?.isOperator) return { robots };
  const t = await getTranslations("operator");
  return { title: t("title"), robots };
}

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  await getOperator("/operator/tasks");
  return (
    <Words of="operator">
      <Main isBare>
        <OperatorNav
          hrefs={{
            tasks: "/operator/tasks",
            reviews: "/operator/reviews",
            integrations: "/operator/integrations",
            partners: "/operator/partners",
            jobs: "/operator/jobs",
            mails: "/operator/mails",
            lookUp: "/operator/look-up",
          }}
        />
        <Container className="py-8 sm:py-10">{children}</Container>
      </Main>
    </Words>
  );
}
