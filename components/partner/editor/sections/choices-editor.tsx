"use client";
import { useTranslations } from "next-intl";
import type { DraftChoice, DraftPath } from "@/lib/catalogue/draft/schema";
import { controlId, useEditor } from "../editor-context";
import { LineField, Problems, TextField } from "../editor-field";
import { ListEditor } from "../list-editor";

/** The answers that a question offers. */
export function ChoicesEditor({ path }: { path: DraftPath }) {
  const t = useTranslations("editor.choices");
  const { language, draft, problems } = useEditor();
  return (
    <div id={controlId(path)} tabIndex={-1} className="grid gap-2 rounded-lg bg-sunken p-3">
      <p className="text-sm font-medium">{t("title")}</p>
      <Problems id={`problems-${path}`} problems={problems.filter((one) => one.path === path)} />
      <ListEditor<DraftChoice>
        path={path}
        nameOf={({ label, value }) => label[language] || label[draft.mainLanguage] || value}
        makeItem={() => ({ value: "", label: {} })}
        renderItem={(_, choicePath) => (
          <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_10rem]">
            <TextField path={`${choicePath}.label`} label={t("label")} maxLength={120} />
            <LineField path={`${choicePath}.value`} label={t("value")} maxLength={60} />
          </div>
        )}
        words={{ item: t("item"), add: t("add") }}
        max={20}
        isOrdered
        isInner
      />
    </div>
  );
}
