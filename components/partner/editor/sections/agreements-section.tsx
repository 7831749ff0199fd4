"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { emptyAgreement } from "@/lib/catalogue/draft/empty";
import type { DraftAgreement } from "@/lib/catalogue/draft/schema";
import { useEditor, useValue } from "../editor-context";
import { LineField, TextField } from "../editor-field";
import { RadioField } from "../radio-field";
import { Section } from "./section";

type Path = "terms" | "privacyPolicy" | "dataProcessingAgreement";

function Agreement({ path, agreement }: { path: Path; agreement: DraftAgreement }) {
  const t = useTranslations("editor.agreements");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <LineField
          path={`${path}.version`}
          label={t("version")}
          help={t("versionHelp")}
          placeholder="2026-11"
          maxLength={60}
        />
        <LineField path={`${path}.updatedOn`} type="date" label={t("updatedOn")} help={t("updatedOnHelp")} />
      </div>
      <RadioField
        path={`${path}.source`}
        label={t("source")}
        choices={[
          { value: "text", label: t("text"), help: t("textHelp") },
          { value: "address", label: t("address"), help: t("addressHelp") },
        ]}
      />
      {agreement.source === "text" ? (
        <TextField
          path={`${path}.body`}
          label={t("body")}
          help={t("markdown")}
          maxLength={40_000}
          rows={14}
        />
      ) : (
        <LineField path={`${path}.url`} type="url" label={t("url")} placeholder="https://" />
      )}
    </>
  );
}

function ProcessingAgreement() {
  const t = useTranslations("editor.agreements");
  const { mayEdit } = useEditor();
  const [agreement, change] = useValue<DraftAgreement | null>("dataProcessingAgreement");
  return (
    <Section title={t("processing")} intro={t("processingIntro")}>
      {agreement && <Agreement path="dataProcessingAgreement" agreement={agreement} />}
      {mayEdit && (
        <div>
          <Button
            variant="secondary"
            size="small"
            onClick={() => change(agreement === null ? emptyAgreement() : null)}
          >
            {t(agreement === null ? "addProcessing" : "removeProcessing")}
          </Button>
        </div>
      )}
    </Section>
  );
}

export function AgreementsSection() {
  const t = useTranslations("editor.agreements");
  const [terms] = useValue<DraftAgreement>("terms");
  const [privacyPolicy] = useValue<DraftAgreement>("privacyPolicy");
  return (
    <>
      <Section title={t("terms")} intro={t("termsIntro")}>
        <Agreement path="terms" agreement={terms} />
      </Section>
      <Section title={t("privacy")} intro={t("privacyIntro")}>
        <Agreement path="privacyPolicy" agreement={privacyPolicy} />
      </Section>
      <ProcessingAgreement />
    </>
  );
}
