import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntitySettingsPage } from "@/components/delivery/settings-page";
import { Main } from "@/components/shell/container";
import { findEntitySettings } from "@/lib/connection/delivery/queries";
import { listSettings } from "@/lib/connection/import/entity-settings";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../../as-customer";
import { saveSettingsAction } from "../actions";
import { loadEntity } from "../load-deliveries";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ entity?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries.entities");
  return { title: t("settings"), robots: { index: false } };
}

/** What the customer chooses for an entity of a connection. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { connection, entity } = await loadEntity(id, String((await searchParams).entity));
  const viewer = await getViewer(`/connections/${id}/deliveries/settings?entity=${entity.id}`);
  const chosen = await asCustomer(viewer, (tx) => findEntitySettings(tx, id, entity.id));
  return (
    <Main>
      <EntitySettingsPage
        connectionId={id}
        connectorId={connection.connectorId}
        entity={entity.id}
        settings={listSettings(entity, chosen?.settings ?? null)}
        save={saveSettingsAction}
        listHref={`/connections/${id}/deliveries`}
      />
    </Main>
  );
}
