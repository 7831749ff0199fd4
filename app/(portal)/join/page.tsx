import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Invitation } from "@/components/join/invitation";
import { Main } from "@/components/shell/container";
import { sha256 } from "@/lib/core/hash";
import { findViewer } from "@/lib/people/auth/viewer";
import { findInvitationOffer } from "@/lib/people/membership/queries";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";
import { invitationCookie } from "../link-cookie";
import { acceptInvitationAction, signInAsInvitedAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("join");
  return { title: t("pageTitle"), robots: { index: false } };
}

/** What an invitation is about. Looking at it changes nothing; its form accepts. */
export default async function JoinPage() {
  const [viewer, token] = [await findViewer(), await invitationCookie.find()];
  const locale = await getReaderLocale();
  const offer = token
    ? await inScope({ kind: "auth", keyHash: sha256(token) }, (tx) => findInvitationOffer(tx, viewer, locale))
    : ({ state: "unknown" } as const);
  return (
    <Main width="narrow">
      <Invitation
        offer={offer}
        viewerEmail={viewer?.email ?? null}
        accept={acceptInvitationAction}
        signInAsInvited={signInAsInvitedAction}
        homeHref="/home"
      />
    </Main>
  );
}
