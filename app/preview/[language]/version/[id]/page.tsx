import { notFound } from "next/navigation";
import { z } from "zod";
import { ReviewPreview } from "@/components/preview/review-preview";
import { isLocale } from "@/lib/core/locales";
import { findVersionPreview } from "@/lib/partner/specification/preview";
import { getOperator } from "@/lib/people/auth/operator";
import { inScope } from "@/lib/platform/web-database";
import { doNothing } from "../../do-nothing";

type Props = { params: Promise<{ language: string; id: string }> };

/** What a customer would see of a submitted version, for the operator who reviews it. */
export default async function VersionPreviewPage({ params }: Props) {
  const { language, id } = await params;
  if (!isLocale(language) || !z.uuid().safeParse(id).success) notFound();
  const { userId } = await getOperator(`/operator/reviews/${id}`);
  const view = await inScope({ kind: "operator", userId }, (tx) => findVersionPreview(tx, id, language));
  if (!view) notFound();
  return <ReviewPreview view={view} doNothing={doNothing} />;
}
