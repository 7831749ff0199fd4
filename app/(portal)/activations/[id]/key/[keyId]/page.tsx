import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { KeyCheck } from "@/components/flow/pasted-key/key-check";
import { Main } from "@/components/shell/container";
import { findPastedKey } from "@/lib/activation/pasted-key/queries";
import { asCustomer } from "../../../../as-customer";
import { loadRecovery } from "../load-recovery";

type Props = { params: Promise<{ id: string; keyId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pastedKey.checking");
  return { title: t("title"), robots: { index: false } };
}

/** What becomes of the pasted key: the company comes back with it, or it is refused with a reason. */
export default async function RecoveryCheckPage({ params }: Props) {
  const { id, keyId } = await params;
  const { viewer, activation } = await loadRecovery(id, `/activations/${id}/key/${keyId}`);
  if (!z.uuid().safeParse(keyId).success) notFound();
  const target = { activationId: id };
  const view = await asCustomer(viewer, (tx) => findPastedKey(tx, viewer, target, keyId));
  if (!view) notFound();
  // The first check after it takes seconds: its outcome is what the request's page should say.
  if (view.state === "accepted" && !activation.isChecking) redirect(`/requests/${activation.requestId}`);
  return (
    <Main>
      <div className="grid gap-6">
        <KeyCheck
          view={view}
          connector={activation.guide.connector}
          expectedName={activation.environmentName}
          hrefs={{ again: `/activations/${id}/key`, requests: "/requests" }}
        />
      </div>
    </Main>
  );
}
