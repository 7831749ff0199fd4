import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ForPartners } from "@/components/partners/for-partners";
import { Main } from "@/components/shell/container";
import { findOwnApplication } from "@/lib/partner/join/queries";
import { listPartners } from "@/lib/partner/organization/queries";
import { signInHrefFrom } from "@/lib/people/auth/rules";
import { findViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../as-customer";
import { askToJoinAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("partners");
  return { title: t("title"), description: t("intro") };
}

/** For everybody: what a partner gets. The form asks for sign-in first, which proves the address. */
export default async function PartnersPage() {
  const viewer = await findViewer();
  return (
    <Main>
      <ForPartners
        email={viewer?.email ?? null}
        application={viewer && (await asCustomer(viewer, (tx) => findOwnApplication(tx, viewer)))}
        partners={viewer ? await inScope({ kind: "auth" }, (tx) => listPartners(tx, viewer.userId)) : []}
        signInHref={signInHrefFrom("/partners", false)}
        ask={askToJoinAction}
      />
    </Main>
  );
}
