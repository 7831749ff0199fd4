import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { OtherAccount } from "@/components/account/other-account";
import { Main } from "@/components/shell/container";
import { getViewer } from "@/lib/people/auth/viewer";
import { findAccountWith } from "@/lib/people/membership/find-account-with";
import { webDatabase } from "@/lib/platform/web-database";
import { switchAccountAction } from "../actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const mailedPath = z.string().regex(/^\/(requests\/[0-9a-f-]{36}(\/acceptance)?|updates\/[0-9a-f-]{36})$/);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.elsewhere");
  return { title: t("title"), robots: { index: false } };
}

/** A link, from a mail for example, that leads into another of the person's accounts. */
export default async function ElsewherePage({ searchParams }: Props) {
  const path = mailedPath.safeParse((await searchParams).path);
  if (!path.success) notFound();
  const viewer = await getViewer(path.data);
  const [, what, id = ""] = path.data.split("/");
  if (!z.uuid().safeParse(id).success) notFound();
  const other = await findAccountWith(webDatabase(), viewer, what === "updates" ? "updates" : "requests", id);
  if (!other) redirect(path.data);
  return (
    <Main width="narrow">
      <OtherAccount account={other} path={path.data} switchAccount={switchAccountAction} homeHref="/home" />
    </Main>
  );
}
