import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { FilesPage } from "@/components/sftp/files-page";
import { Main } from "@/components/shell/container";
import { isInNetworks } from "@/lib/connection/intake/door/networks";
import {
  findAccount,
  findHostFingerprint,
  listAddresses,
  listFiles,
  readProgress,
} from "@/lib/connection/intake/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../as-customer";
import {
  addKeyAction,
  allowAddressAction,
  closeAccountAction,
  confirmFoundAction,
  openAccountAction,
  removeKeyAction,
  renewPasswordAction,
  setNetworksAction,
} from "./actions";
import { loadForFiles } from "./load-files";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ before?: string | string[] }> };

const PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sftp");
  return { title: t("title"), robots: { index: false } };
}

/** The sFTP account of a connection: how a system signs in, the first import, and what became of each file. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { connection, entities, server } = await loadForFiles(id);
  const here = `/connections/${id}/files`;
  const viewer = await getViewer(here);
  const before = z.uuid().safeParse((await searchParams).before);
  const read = await asCustomer(viewer, async (tx) => {
    const account = await findAccount(tx, id);
    return {
      account,
      fingerprint: await findHostFingerprint(tx),
      addresses: await listAddresses(tx, id),
      progress: account && (await readProgress(tx, id, account)),
      files: await listFiles(tx, id, { before: before.data, limit: PAGE + 1 }),
    };
  });
  const { account, fingerprint, addresses, progress } = read;
  const files = read.files.slice(0, PAGE);
  const deliveries = `/connections/${id}/deliveries`;
  return (
    <Main>
      <FilesPage
        view={{
          connection: {
            id,
            company: connection.environmentName,
            connector: { id: connection.connectorId, name: connection.connectorName },
          },
          server: { ...server, fingerprint },
          account,
          addresses: addresses.map((seen) => ({
            ...seen,
            isListed:
              account !== null && (account.allowsAnyAddress || isInNetworks(seen.address, account.networks)),
          })),
          progress,
          offered: entities.map((entity) => entity.id),
          files,
          moreHref: read.files.length > PAGE ? `${here}?before=${files.at(-1)?.id}` : null,
        }}
        actions={{
          open: openAccountAction,
          close: closeAccountAction,
          renewPassword: renewPasswordAction,
          addKey: addKeyAction,
          removeKey: removeKeyAction,
          allowAddress: allowAddressAction,
          setNetworks: setNetworksAction,
          confirmFound: confirmFoundAction,
        }}
        hrefs={{
          connection: `/connections/${id}`,
          guide: "/guides/sftp",
          delivery: (deliveryId) => `${deliveries}/${deliveryId}`,
          sample: (entity) => `${here}/sample?entity=${entity}`,
          columns: (entity) => `/connections/${id}/fields#${entity}`,
        }}
      />
    </Main>
  );
}
