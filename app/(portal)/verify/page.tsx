import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VerifyForm } from "@/components/evidence/verify-form";
import { Main } from "@/components/shell/container";
import { CardSection } from "@/components/ui/card";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { MAX_FILE_BYTES } from "@/lib/connection/evidence/schema";
import { verifyAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("evidence.verify");
  return { title: t("title"), description: t("intro") };
}

/** For everybody: whether a document is as the portal signed it. */
export default async function VerifyPage() {
  const t = await getTranslations("evidence.verify");
  const words = {
    file: t("form.file"),
    fileHelp: t("form.fileHelp"),
    text: t("form.text"),
    textHelp: t("form.textHelp"),
    submit: t("form.submit"),
    pending: t("form.pending"),
    tooLarge: t("form.tooLarge"),
  };
  return (
    <Main>
      <div className="grid gap-6">
        <PageHeading title={t("title")}>
          <p>{t("intro")}</p>
        </PageHeading>
        <CardSection id="document" title={t("form.title")}>
          <VerifyForm action={verifyAction} words={words} maxBytes={MAX_FILE_BYTES} />
        </CardSection>
        <CardSection id="offline" title={t("offline.title")} intro={t("offline.intro")}>
          <div className="grid gap-3 text-sm">
            <p className="flex flex-wrap gap-x-5 gap-y-1">
              <a href="/kytkin-verify.mjs" download className="text-accent-text underline underline-offset-2">
                kytkin-verify.mjs
              </a>
              <TextLink href="/.well-known/kytkin-keys.json">{t("offline.keys")}</TextLink>
            </p>
            <pre className="overflow-x-auto rounded-lg bg-sunken px-3 py-2 text-xs">
              node kytkin-verify.mjs DOCUMENT.json --root FINGERPRINT
            </pre>
            <p className="text-ink-soft">{t("offline.root")}</p>
          </div>
        </CardSection>
      </div>
    </Main>
  );
}
