import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { OtherAccount } from "@/components/account/other-account";
import { Main } from "@/components/shell/container";
import { getViewer } from "@/lib/people/auth/viewer";
import { findAccountWithRequest } from "@/lib/people/membership/find-account-with-request";
import { webDatabase } from "@/lib/platform/web-database";
import { switchAccountAction } from "../actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const requestPath = z.string().regex(/^\/requests\/[0-9a-f-]{36}(\/acceptance)?$/);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.elsewhere");
  return { title: t("title"), robots: { index: false } };
}

/** A link, from a mail for example, that leads into another of the person's accounts. */
export default async function ElsewherePage({ searchParams }: Props) {
  const path = requestPath.safeParse((await searchParams).path);
  if (!path.success) notFound();
  const viewer = await getViewer(path.data);
  const requestId = path.data.split("/")[2] ?? "";
  if (!z.uuid().safeParse(requestId).success) notFound();
  const other = await findAccountWithRequest(webDatabase(), viewer, requestId);
  if (!other) redirect(path.data);
  return (
    <Main width="narrow">
      <OtherAccount account={other} path={path.data} switchAccount={switchAccountAction} homeHref="/home" />
    </Main>
  );
}
