import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EditorPage } from "@/components/partner/editor/editor-page";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getEditorView } from "@/lib/partner/specification/editor-view";
import { readAsPartner } from "../../../../../as-partner";
import { titleFor } from "../../../title";
import { readFileAction, saveDraftAction, submitAction } from "./actions";

type Props = { params: Promise<{ partner: string; integration: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "integrations");
}

/** Writes the draft of an integration's specification. */
export default async function EditSpecificationPage({ params }: Props) {
  const { partner, integration } = await params;
  const here = `/partner/${partner}/integrations/${integration}`;
  const member = await getPartnerMember(partner, `${here}/edit`);
  const view = await readAsPartner(member, (tx) => getEditorView(tx, member, integration));
  if (!view) redirect(here);
  return (
    <EditorPage
      {...view}
      partnerName={member.partnerName}
      mayEdit={mayAsRole(member.role, "specifications.edit")}
      backHref={here}
      fileHref={`${here}/file`}
      previewHref={["/preview/", null, `/draft/${partner}/${integration}`]}
      actions={{
        save: saveDraftAction.bind(null, partner, integration),
        submit: submitAction.bind(null, partner, integration),
        readFile: readFileAction.bind(null, partner, integration),
      }}
    />
  );
}
