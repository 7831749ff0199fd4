import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportPage } from "@/components/delivery/import-page";
import { Main } from "@/components/shell/container";
import { readChosen, toOffered } from "@/lib/connection/import/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../../as-customer";
import { importAction } from "../actions";
import { loadEntity } from "../load-deliveries";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ entity?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries.entities");
  return { title: t("import"), robots: { index: false } };
}

/** A page to drop a CSV file on: it is looked at first, and imported then. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { connection, entity } = await loadEntity(id, String((await searchParams).entity));
  const viewer = await getViewer(`/connections/${id}/deliveries/import?entity=${entity.id}`);
  const chosen = await asCustomer(viewer, (tx) => readChosen(tx, id, entity));
  const list = `/connections/${id}/deliveries`;
  return (
    <Main>
      <ImportPage
        entity={toOffered(entity)}
        connector={{ id: connection.connectorId, name: connection.connectorName }}
        hasSettings={chosen !== null}
        send={importAction.bind(null, id, entity.id)}
        hrefs={{
          list,
          settings: `${list}/settings?entity=${entity.id}`,
          fields: `/connections/${id}/fields#${entity.id}`,
        }}
      />
    </Main>
  );
}
