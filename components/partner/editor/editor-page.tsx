import { useTranslations } from "next-intl";
import { DetailHeading } from "@/components/operator/detail-heading";
import { type EditorProps, SpecificationEditor } from "./specification-editor";

type Props = EditorProps & { name: string; backHref: string };

/** The editor below its heading, over the whole width of the console. */
export function EditorPage({ name, backHref, ...editor }: Props) {
  const t = useTranslations("integrations.edit");
  return (
    <div data-wide className="grid gap-5">
      <DetailHeading
        list={{ href: backHref, label: name }}
        title={t(editor.mayEdit ? "title" : "read", { name })}
      >
        <p>{t(editor.mayEdit ? "intro" : "readOnly")}</p>
      </DetailHeading>
      <SpecificationEditor {...editor} />
    </div>
  );
}
