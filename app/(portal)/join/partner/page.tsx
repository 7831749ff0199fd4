import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PartnerInvitation } from "@/components/join/partner-invitation";
import { Main } from "@/components/shell/container";
import { sha256 } from "@/lib/core/hash";
import { findPartnerInvitationOffer } from "@/lib/partner/organization/queries";
import { findViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";
import { partnerInvitationCookie } from "../../link-cookie";
import { acceptPartnerInvitationAction, signInAsInvitedMemberAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("joinPartner");
  return { title: t("pageTitle"), robots: { index: false } };
}

/** What an invitation to a partner is about. Looking at it changes nothing; its form accepts. */
export default async function JoinPartnerPage() {
  const [viewer, token] = [await findViewer(), await partnerInvitationCookie.find()];
  const offer = token
    ? await inScope({ kind: "auth", keyHash: sha256(token) }, (tx) => findPartnerInvitationOffer(tx, viewer))
    : ({ state: "unknown" } as const);
  return (
    <Main width="narrow">
      <PartnerInvitation
        offer={offer}
        viewerEmail={viewer?.email ?? null}
        accept={acceptPartnerInvitationAction}
        signInAsInvited={signInAsInvitedMemberAction}
        homeHref="/home"
      />
    </Main>
  );
}
