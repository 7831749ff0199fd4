import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ReviewPreview } from "@/components/preview/review-preview";
import { isAppError } from "@/lib/core/app-error";
import { isLocale } from "@/lib/core/locales";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getDraftPreview } from "@/lib/partner/specification/preview";
import { inScope } from "@/lib/platform/web-database";
import { doNothing } from "../../../do-nothing";

type Props = { params: Promise<{ language: string; partner: string; integration: string }> };

/** What a customer would see of the draft as it is saved. */
export default async function DraftPreviewPage({ params }: Props) {
  const { language, partner, integration } = await params;
  if (!isLocale(language)) notFound();
  const member = await getPartnerMember(partner, `/partner/${partner}/integrations/${integration}/edit`);
  const t = await getTranslations("editor.preview");
  const view = await inScope({ kind: "partner", partnerId: member.partnerId, userId: member.userId }, (tx) =>
    getDraftPreview(tx, member, integration, { language, missing: t("missing") }),
  ).catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  return <ReviewPreview view={view} doNothing={doNothing} />;
}
