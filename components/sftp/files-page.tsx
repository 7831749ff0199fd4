import { FileDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEntityWords } from "@/components/delivery/use-entity-words";
import { ActionForm } from "@/components/ui/action-form";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { AccountView, AddressView, FileView, Progress } from "@/lib/connection/intake/schema";
import { AccountCard } from "./account-card";
import { AddressesCard } from "./addresses-card";
import { FileList } from "./file-list";
import { FirstImport } from "./first-import";
import type { AddKey } from "./key-form";
import type { RenewPassword } from "./password-form";

type FilesView = {
  connection: { id: string; company: string; connector: { id: string; name: string } };
  server: { host: string; port: string; fingerprint: string | null };
  /** null: none was ever made. */
  account: AccountView | null;
  addresses: readonly (AddressView & { isListed: boolean })[];
  progress: Progress | null;
  /** Entities that the accepted version may write. */
  offered: readonly string[];
  files: readonly FileView[];
  moreHref: string | null;
};

type Props = {
  view: FilesView;
  actions: {
    open: FormAction;
    close: FormAction;
    renewPassword: RenewPassword;
    addKey: AddKey;
    removeKey: FormAction;
    allowAddress: FormAction;
    setNetworks: FormAction;
    confirmFound: FormAction;
  };
  hrefs: {
    connection: string;
    guide: string;
    delivery: (id: string) => string;
    sample: (entity: string) => string;
    columns: (entity: string) => string;
  };
};

const SOON_SECONDS = 3;
const LATER_SECONDS = 15;
const BUSY: readonly FileView["status"][] = ["receiving", "waiting", "taken", "delivered"];

function Begin({ view, actions }: Pick<Props, "view" | "actions">) {
  const t = useTranslations("sftp.begin");
  const { account, connection } = view;
  const isClosed = account !== null;
  return (
    <CardSection
      id="begin"
      title={isClosed ? t("closedTitle") : t("title")}
      intro={isClosed ? t.rich("closed", { time: () => <Time at={account.closedAt ?? ""} /> }) : t("intro")}
    >
      <ActionForm
        action={actions.open}
        hidden={{ connectionId: connection.id }}
        className="grid justify-items-start gap-3"
      >
        <FormError />
        <SubmitButton pendingLabel={isClosed ? t("opening") : t("pending")}>
          {isClosed ? t("reopen") : t("submit")}
        </SubmitButton>
      </ActionForm>
    </CardSection>
  );
}

function Samples({ view, hrefs }: Pick<Props, "view" | "hrefs">) {
  const t = useTranslations("sftp.samples");
  const words = useEntityWords(view.connection.connector.id);
  return (
    <CardSection id="samples" title={t("title")} intro={t("intro")}>
      <ul className="divide-y divide-line">
        {view.offered.map((entity) => (
          <li
            key={entity}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 text-sm first:pt-0 last:pb-0"
          >
            <h3 className="font-medium">{words.name(entity)}</h3>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <TextLink href={hrefs.columns(entity)}>{t("columns")}</TextLink>
              <a href={hrefs.sample(entity)} download className={buttonClass("secondary", "small")}>
                <FileDown aria-hidden className="size-4" />
                {t("download")}
              </a>
            </div>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}

function Close({ view, close }: { view: FilesView; close: FormAction }) {
  const t = useTranslations("sftp.close");
  return (
    <CardSection id="close" title={t("title")} intro={t("intro")}>
      <ConfirmDialog
        trigger={t("button")}
        triggerSize="small"
        title={t("confirmTitle")}
        description={t("confirmBody")}
        keepLabel={t("keep")}
        confirmLabel={t("confirm")}
        pendingLabel={t("pending")}
        action={close}
        hidden={{ connectionId: view.connection.id }}
      />
    </CardSection>
  );
}

/** The sFTP account of a connection, the first import with it, and every file that came in. */
export function FilesPage({ view, actions, hrefs }: Props) {
  const t = useTranslations("sftp");
  const { connection, account, progress, files, addresses } = view;
  const isOpen = account !== null && account.closedAt === null;
  const isBusy = isOpen && (!progress?.result || files.some(({ status }) => BUSY.includes(status)));
  const list = (
    <FileList
      key="files"
      connectorId={connection.connector.id}
      files={files}
      moreHref={view.moreHref}
      deliveryHref={hrefs.delivery}
    />
  );
  // By their keys, a password that is shown stays when the first file comes in.
  const setUp = account
    ? [
        <AccountCard
          key="account"
          connectionId={connection.id}
          account={account}
          server={view.server}
          {...actions}
        />,
        <Samples key="samples" view={view} hrefs={hrefs} />,
      ]
    : [];
  return (
    <div className="grid gap-6">
      <RefreshEvery seconds={isBusy ? SOON_SECONDS : LATER_SECONDS} />
      <div className="grid gap-3">
        <TextLink href={hrefs.connection} className="justify-self-start text-sm">
          {t("toConnection")}
        </TextLink>
        <PageHeading title={t("title")}>
          <p>{t("intro", { company: connection.company, connector: connection.connector.name })}</p>
          <p>
            <TextLink href={hrefs.guide}>{t("guide")}</TextLink>
          </p>
        </PageHeading>
      </div>
      {isOpen && progress ? (
        <>
          <FirstImport
            connectionId={connection.id}
            connectorName={connection.connector.name}
            progress={progress}
            hasFailed={files[0]?.status === "quarantined"}
            confirmFound={actions.confirmFound}
          />
          {files.length > 0 ? [list, ...setUp] : [...setUp, list]}
          <AddressesCard
            connectionId={connection.id}
            account={account}
            addresses={addresses}
            allowAddress={actions.allowAddress}
            setNetworks={actions.setNetworks}
          />
          <Close view={view} close={actions.close} />
        </>
      ) : (
        <>
          <Begin view={view} actions={actions} />
          {files.length > 0 && list}
        </>
      )}
    </div>
  );
}
