"use client";
import { useTranslations } from "next-intl";
import { DRAFT_LANGUAGES } from "@/lib/catalogue/draft/schema";
import { SelectField, TextField } from "../editor-field";
import { Section } from "./section";

export function TextsSection() {
  const t = useTranslations("editor.texts");
  const languages = useTranslations("editor.languages");
  return (
    <>
      <Section title={t("title")} intro={t("intro")}>
        <TextField path="name" label={t("name")} help={t("nameHelp")} maxLength={80} />
        <TextField path="summary" label={t("summary")} help={t("summaryHelp")} maxLength={200} rows={2} />
        <TextField
          path="description"
          label={t("description")}
          help={t("descriptionHelp")}
          maxLength={4000}
          rows={9}
        />
      </Section>
      <Section title={t("languages")}>
        <div className="max-w-xs">
          <SelectField
            path="mainLanguage"
            label={t("main")}
            help={t("mainHelp")}
            choices={DRAFT_LANGUAGES.map((value) => ({ value, label: languages(value) }))}
          />
        </div>
      </Section>
    </>
  );
}
