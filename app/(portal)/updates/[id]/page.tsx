import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Main } from "@/components/shell/container";
import { UpdatePage } from "@/components/update/update-page";
import { findNewerUpdate, getUpdate } from "@/lib/connection/update/queries";
import { isAppError } from "@/lib/core/app-error";
import { getViewer } from "@/lib/people/auth/viewer";
import { findAccountWith } from "@/lib/people/membership/find-account-with";
import { getWebEnv } from "@/lib/platform/env";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { webDatabase } from "@/lib/platform/web-database";
import { asCustomer } from "../../as-customer";
import { acceptUpdateAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("updates");
  return { title: t("metaTitle"), robots: { index: false } };
}

/** A published version against those that the account's companies are on: what changes, and one acceptance for all of them. */
export default async function Page({ params }: Props) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const path = `/updates/${id}`;
  const viewer = await getViewer(path);
  const locale = await getReaderLocale();
  const found = await asCustomer(viewer, async (tx) => {
    try {
      return { view: await getUpdate(tx, id, locale) };
    } catch (error) {
      if (isAppError(error, "gone")) return { newer: await findNewerUpdate(tx, id) };
      if (isAppError(error, "not_found")) return null;
      throw error;
    }
  });
  if (found && "newer" in found) redirect(found.newer ? `/updates/${found.newer}` : "/home");
  if (!found) {
    // A member of several accounts comes from a mail of another one.
    if (await findAccountWith(webDatabase(), viewer, "updates", id))
      redirect(`/account/elsewhere?${new URLSearchParams({ path })}`);
    notFound();
  }
  return (
    <Main>
      <UpdatePage
        view={found.view}
        acceptUpdate={acceptUpdateAction}
        hrefs={{ home: "/home", address: new URL(path, getWebEnv().KYTKIN_PUBLIC_URL).href }}
      />
    </Main>
  );
}
