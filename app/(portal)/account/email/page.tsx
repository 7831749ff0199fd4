import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmailChange } from "@/components/profile/email-change";
import { Main } from "@/components/shell/container";
import { findViewer } from "@/lib/people/auth/viewer";
import { findEmailChangeOffer } from "@/lib/people/profile/queries";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../../as-customer";
import { emailChangeCookie } from "../../link-cookie";
import { confirmEmailAction, signInToConfirmAction, undoEmailAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emailChange");
  return { title: t("pageTitle"), robots: { index: false } };
}

async function readOffer() {
  const [viewer, token] = [await findViewer(), await emailChangeCookie.find()];
  if (!token) return { state: "unknown" } as const;
  return viewer
    ? asCustomer(viewer, (tx) => findEmailChangeOffer(tx, viewer, token))
    : inScope({ kind: "public" }, (tx) => findEmailChangeOffer(tx, null, token));
}

/** Behind the links in mails about a change of address. Looking changes nothing; its forms do. */
export default async function EmailChangePage({ searchParams }: Props) {
  const { done } = await searchParams;
  const offer = done === "confirmed" || done === "undone" ? ({ state: done } as const) : await readOffer();
  return (
    <Main width="narrow">
      <EmailChange
        offer={offer}
        actions={{ confirm: confirmEmailAction, undo: undoEmailAction, signIn: signInToConfirmAction }}
        hrefs={{ home: "/home", profile: "/account/profile", signIn: "/sign-in" }}
      />
    </Main>
  );
}
