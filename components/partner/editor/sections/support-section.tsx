"use client";
import { useTranslations } from "next-intl";
import { LineField } from "../editor-field";
import { Section } from "./section";

export function SupportSection() {
  const t = useTranslations("editor.support");
  return (
    <Section title={t("title")} intro={t("intro")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <LineField path="support.email" type="email" label={t("email")} help={t("emailHelp")} />
        <LineField path="support.phone" type="tel" label={t("phone")} maxLength={60} isOptional />
      </div>
      <LineField path="support.url" type="url" label={t("url")} placeholder="https://" isOptional />
    </Section>
  );
}
