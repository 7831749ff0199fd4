import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { OperatorNav } from "@/components/operator/operator-nav";
import { Container, Main } from "@/components/shell/container";
import { getOperator } from "@/lib/auth/operator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("operator");
  return { title: t("title"), robots: { index: false } };
}

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  await getOperator("/operator/tasks");
  return (
    <Main isBare>
      <OperatorNav hrefs={{ tasks: "/operator/tasks", jobs: "/operator/jobs", mails: "/operator/mails" }} />
      <Container className="py-8 sm:py-10">{children}</Container>
    </Main>
  );
}
