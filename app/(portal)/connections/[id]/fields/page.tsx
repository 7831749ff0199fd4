import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FieldReferencePage } from "@/components/delivery/field-reference-page";
import { Main } from "@/components/shell/container";
import { loadFields } from "./load-fields";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries.fields");
  return { title: t("title"), robots: { index: false } };
}

/** Every field of the files that a connection takes. */
export default async function Page({ params }: Props) {
  const { id } = await params;
  const { connector, entities } = await loadFields(id);
  return (
    <Main>
      <FieldReferencePage
        connector={connector}
        entities={entities}
        hrefs={{
          deliveries: `/connections/${id}/deliveries`,
          csv: (entity) => `/connections/${id}/fields/csv?entity=${entity}`,
        }}
      />
    </Main>
  );
}
